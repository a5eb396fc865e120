/** What many requests of a kind were answered, and what two kinds of tries tell apart, as sentences. Pure. */
import { type Deed, quickest, statusCounts } from './deeds.ts';
import type { Exchange } from './read.ts';
import type { Part } from './verdict.ts';
import { list, nameOf, nameWithin, possessive } from './whoIsWhoSentences.ts';

/** How many requests of a kind are told one by one. */
export const mostAlone = 2;

/** "Of Mallory’s 20 requests for the login, 5 got 401 and 15 got 429." */
export function manyPart(deed: Deed): Part {
  const { browser, words, exchanges, done } = deed;
  const of = requestsOf(deed);
  const all = `All ${of.startsWith('the ') ? of.slice('the '.length) : `of ${of}`}`;
  const waiting = exchanges.filter(isOpen).length;
  if (waiting > 0) {
    const those = waiting === exchanges.length ? all : `${waiting} of ${of}`;
    return { tone: 'plain', text: `${those} ${waiting === 1 ? 'is' : 'are'} waiting for an answer.` };
  }
  const counts = statusCounts(exchanges);
  const isGuess = words.thing === 'the login' && !done && browser.actor.role === 'attacker';
  if (isGuess && counts.length > 0) return guessesPart(deed, counts);
  const [[only] = ['no answer']] = counts;
  const tone = !done && browser.actor.role === 'attacker' && words.needsLogin ? 'safe' : 'plain';
  if (counts.length <= 1) return { tone, text: `${all} got ${only}.` };
  const told = counts.map(([status, count]) => `${count} got ${status}`);
  return { tone, text: `Of ${of}, ${told.slice(0, -1).join(', ')} and ${told.at(-1)}.` };
}

/** Whether the answer may still come. */
const isOpen = ({ response, failure }: Exchange) => response === null && failure === null;

/** "Mallory’s 20 requests for the login", "the 20 requests of Alice’s phone for the login" */
function requestsOf({ browser, words, exchanges }: Deed): string {
  // Nobody asks for a code: it is guessed.
  const [what, thing] = words.thing === 'the code' ? ['codes', ''] : ['requests', ` for ${words.thing}`];
  return /\s/.test(nameOf(browser))
    ? `the ${exchanges.length} ${what} of ${nameWithin(browser)}${thing}`
    : `${possessive(browser)} ${exchanges.length} ${what}${thing}`;
}

/** "The shop checked 10 of Mallory’s 20 passwords, and answered 429 to the others." What gets 401 was checked. */
function guessesPart({ browser, exchanges }: Deed, counts: ReturnType<typeof statusCounts>): Part {
  const [all, some] = [exchanges.length, counts.find(([status]) => status === 401)?.[1] ?? 0];
  const others = counts.flatMap(([status]) => (status === 401 ? [] : [status]));
  const passwords = /\s/.test(nameOf(browser))
    ? `the ${all} passwords of ${nameWithin(browser)}`
    : `${possessive(browser)} ${all} passwords`;
  if (some === all) return { tone: 'plain', text: `The shop checked all of ${passwords}: each got 401.` };
  const answered = list(others.map(String));
  if (some === 0) return { tone: 'safe', text: `The shop checked none of ${passwords}: each got ${answered}.` };
  return { tone: 'plain', text: `The shop checked ${some} of ${passwords}, and answered ${answered} to the others.` };
}

/** How many times as long one kind of answer takes where that tells it from the other. */
const tellingRatio = 2;

/** Two browsers of one person that asked for the same: what the answers tell them apart by. null where it is not so. */
export function comparedPart(deeds: readonly Deed[]): Part | null {
  const isTwin = (one: Deed, other: Deed) =>
    one.browser !== other.browser && nameOf(one.browser) === nameOf(other.browser) && one.request === other.request;
  const same = deeds.filter((deed) => deeds.some((other) => isTwin(deed, other)));
  const [first] = same;
  if (!first || same.some(({ exchanges }) => exchanges.some(isOpen))) return null;
  const aside = ({ browser }: Deed) => (browser.actor.label.split(/,\s*/)[1] ?? '').replace(/^(?=\w+ing )/, 'when ');
  const answers = same.map(({ exchanges }) =>
    statusCounts(exchanges)
      .map(([status]) => status)
      .sort((a, b) => a - b)
      .join(' and '),
  );
  const name = nameOf(first.browser);
  if (new Set(answers).size > 1) {
    const told = same.map((deed, index) => `${answers[index]} ${aside(deed)}`);
    return { tone: 'danger', text: `The answers differ: ${name} got ${told.join(', and ')}.` };
  }
  const measured = same.every(({ exchanges }) => exchanges.length > mostAlone) && !answers[0]!.includes(' ');
  const alike = first.browser.actor.role === 'attacker' ? 'safe' : 'plain';
  if (!measured) return { tone: alike, text: `${name} got the same answer both times: ${answers[0]}.` };
  const times = same.map(({ exchanges }) => quickest(exchanges));
  const told = same.map((deed, index) => `${times[index]!.toFixed(0)} ms ${aside(deed)}`);
  const tone = Math.max(...times) > tellingRatio * Math.min(...times) ? 'danger' : alike;
  return { tone, text: `${name} got ${answers[0]} each time. The quickest took ${told.join(', and ')}.` };
}
