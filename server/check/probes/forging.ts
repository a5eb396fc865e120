/** Sends a forged change, and says what came of it. */
import type { BrowserRequest } from '../../lab/browser/exchange.ts';
import { type Check, isNoAnswer, loggedIn, who } from '../asking.ts';
import type { Sent } from '../browser/tab.ts';
import type { Play, Visitor } from '../play.ts';
import type { Finding } from '../verdicts.ts';
import { randomWord } from '../words.ts';
import { withoutTokens } from './changing.ts';
import type { Forgery } from './forgery.ts';

/** What every forgery of a probe is tried with. */
export interface Trial {
  check: Check;
  play: Play;
  alice: Visitor;
  hers: Sent;
  /** What nobody gets for the same request. */
  refused: Sent;
  /** The addresses of pages on which the change of Alice shows. */
  readers: readonly string[];
  about: { id: string; title: string };
}

/** What came of one forgery. */
export interface Tried extends Pick<Finding, 'verdict' | 'says'> {
  /** Whether the app made the change when it got the cookie, which a browser would have kept back. */
  byHand: boolean;
  /** The number of the request. */
  request: number;
}

/** What works counts, then what is undecided, then what only the browser prevents. */
export const theWorst = (tried: readonly Tried[]): Tried =>
  tried.find(({ verdict }) => verdict === 'fails') ??
  tried.find(({ verdict }) => verdict === 'not shown') ??
  tried.find(({ byHand }) => byHand) ??
  tried[0]!;

/** Sends the forgery as a browser would; where that keeps the cookie back, also by hand, to see whether the app itself would refuse. */
export async function forge(trial: Trial, { by, to }: Forgery): Promise<Tried> {
  const { check, play, alice } = trial;
  return play.step(
    `Another site makes it by ${by}`,
    'Alice has its page open, and is logged in at the app',
    async () => {
      // An app may log out whom a forgery seems to come from. The next one must not be refused for that.
      if ((await who(check, alice)) !== check.alice.name) await loggedIn(check, alice);
      const text = randomWord();
      const request = to(text);
      const { goes, held, sentByItself } = sentAlong(check, alice, request);
      const cookie = alice.tab
        .cookies()
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ');
      const sent = await alice.tab.exchangeOnce(
        sentByItself ? request : { ...request, options: { ...request.options, cookie } },
      );
      const accepted = await wasAccepted(trial, sent, text);
      play.ask('Did the app take it from the other site?', accepted === true && goes !== null, false, true);
      return { ...judged(trial, { by, sent, accepted, goes, held }), byHand: accepted === true, request: sent.id };
    },
  );
}

interface Seen {
  by: string;
  sent: Sent;
  accepted: boolean | null;
  /** Why browsers send what the session needs; null when they keep it back. */
  goes: string | null;
  /** Why Chromium keeps one of these cookies back; null when it sends them. */
  held: string | null;
  /** Whether Chromium sends what the session needs, so that no hand has to. */
  sentByItself: boolean;
}

function judged(
  { check, readers }: Trial,
  { by, sent, accepted, goes, held }: Omit<Seen, 'sentByItself'>,
): Pick<Tried, 'verdict' | 'says'> {
  const { main, names, alone } = check.session;
  const answered = `${sent.request.method} ${sent.request.url.pathname} of another site was answered ${sent.response.status}`;
  const its = alone ? names.join(' or ') : main;
  const keptBack = `The browser keeps ${its} back: ${held ?? 'it is not sent'}.`;
  if (accepted === null && goes === null) {
    return { verdict: 'holds', says: `${keptBack} Whether the app itself would refuse it cannot be told.` };
  }
  if (accepted === null) {
    const unread = isNoAnswer(sent.response.status)
      ? 'which says nothing about it'
      : readers.length > 0
        ? 'as the change of Alice is, but no page shows the forged text'
        : 'and no page shows whether it was made';
    return { verdict: 'not shown', says: `${answered}, ${unread}.` };
  }
  if (!accepted) return { verdict: 'holds', says: `The app refused it: ${answered}.` };
  if (goes !== null) {
    return {
      verdict: 'fails',
      says: `A browser sends ${its} with ${by} of another site (${goes}), and the app made the change.`,
    };
  }
  return {
    verdict: 'holds',
    says: `${keptBack} That alone protects: sent by hand, the app made the change.`,
  };
}

/** Whether a request of another site carries the session: each cookie that it needs, or one of those that log in on their own. */
function sentAlong(
  check: Check,
  { tab }: Visitor,
  request: BrowserRequest,
): Pick<Seen, 'goes' | 'held' | 'sentByItself'> {
  const cookies = tab.cookies().filter(({ name }) => check.session.names.includes(name));
  const decided = tab.jar.send(request).cookies;
  const along = cookies.map(({ name, value, sameSite }) => {
    const { sent, why } = decided.find((one) => one.name === name && one.value === value)!;
    const goes = sent ? why : sameSite === null ? 'it has no SameSite, and Firefox and Safari send it always' : null;
    return { goes, held: sent ? null : why, sent };
  });
  const isSent = ({ sent }: { sent: boolean }) => sent;
  const going = along.filter(({ goes }) => goes !== null);
  const goes = check.session.alone ? going.length > 0 : going.length > 0 && going.length === cookies.length;
  return {
    goes: goes ? going[0]!.goes : null,
    held: along.find(({ held }) => held !== null)?.held ?? null,
    sentByItself: check.session.alone ? along.some(isSent) : along.length > 0 && along.every(isSent),
  };
}

/** Whether the change was made; null when that cannot be told. */
async function wasAccepted(
  { alice, hers, refused, readers }: Trial,
  forged: Sent,
  text: string,
): Promise<boolean | null> {
  for (const url of readers) if ((await alice.tab.visit(url)).text.includes(text)) return true;
  const { status } = forged.response;
  if (isNoAnswer(status)) return null;
  const saysSo = sameAnswer(forged, hers) && !sameAnswer(hers, refused);
  // Answered as hers, but not to be seen: another change than the forged one may have been made.
  if (readers.length > 0) return saysSo ? null : false;
  if (sameAnswer(forged, refused)) return sameAnswer(hers, refused) ? null : false;
  if (saysSo) return true;
  // The address of a change is often that of a page, too. A handler that takes both methods answers both in the same way.
  if (forged.request.method !== hers.request.method && forged.request.method === 'GET') return false;
  // An app may answer what it takes from a form in another way than what its own page sends.
  return status >= 400 ? false : null;
}

/** Whether two answers say the same: where they lead, and what they show apart from what is different each time. */
function sameAnswer(a: Sent, b: Sent): boolean {
  const essence = ({ response: { status, headers, text } }: Sent) =>
    JSON.stringify([status, plain(headers.location ?? ''), plain(text)]);
  return essence(a) === essence(b);
}

const plain = (text: string) => withoutTokens(text.replace(/w[0-9a-f]{8,}x/g, 'text'));
