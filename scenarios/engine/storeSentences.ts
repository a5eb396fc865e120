/** What a step did to the app, to Redis and to other sites, as sentences. Pure. */
import { deletesNothing, hostIn } from './cookieHosts.ts';
import type { Deed } from './deeds.ts';
import { deliveriesIn } from './deliveries.ts';
import { faultText } from './faultText.ts';
import { isApp } from './lastAnswer.ts';
import type { View } from './read.ts';
import { fieldsOf } from './sessionRecord.ts';
import type { ResponseReceived } from './trace.ts';
import type { Part } from './verdict.ts';
import type { WhoIsWho } from './whoIsWho.ts';
import { nameOf, nameWithin, possessive } from './whoIsWhoSentences.ts';

/** What a page made a browser send to another site in the step: the address of an account, or nothing of interest. */
export function sentAway(view: View, who: WhoIsWho): Part | null {
  const delivery = deliveriesIn(view).at(-1);
  const browser = who.browsers.find(({ actor }) => actor.name === delivery?.from);
  if (!delivery || !browser) return null;
  const { host, byUser, account } = delivery;
  if (byUser) return { tone: 'safe', text: `What ${nameWithin(browser)} sent to ${host} holds no session ID.` };
  if (account) return { tone: 'danger', text: `${possessive(browser)} browser sent ${account.email} to ${host}.` };
  return {
    tone: 'safe',
    text: `${possessive(browser)} browser sent ${host} neither a session ID nor data of an account.`,
  };
}

/** How many cookies of another site a browser kept in the step; null when none was offered. */
export function offered(view: View, who: WhoIsWho): Part | null {
  const last = view.exchanges.findLast(
    ({ request, response }) =>
      request.seq >= view.since &&
      response &&
      !isApp(response.by) &&
      response.by !== 'cache' &&
      response.cookies.length > 0,
  );
  const browser = who.browsers.find(({ actor }) => actor.name === last?.request.actor);
  if (!last?.response || !browser) return null;
  const { cookies } = last.response;
  const kept = cookies.filter(({ outcome }) => outcome !== 'refused').length;
  const host = hostIn(last.request.url);
  const all =
    cookies.length === 1
      ? `the cookie ${cookies[0]!.name}`
      : kept === 0 || kept === cookies.length
        ? `all ${cookies.length} cookies`
        : `${kept} of ${cookies.length} cookies`;
  return {
    tone: kept === 0 ? 'safe' : 'plain',
    text: `${possessive(browser)} browser ${kept === 0 ? 'refused' : 'kept'} ${all} that ${host} set.`,
  };
}

/** What the app accepted into a basket in the step, and no key and no memory holds at its end. */
export function lostItem({ exchanges, since, keys, memory }: View): Part | null {
  const inStep = exchanges.filter(({ request }) => request.seq >= since);
  if (inStep.some(({ request }) => request.method === 'POST' && request.url.endsWith('/orders'))) return null;
  const kept = [
    ...keys.filter(({ mark }) => mark !== 'removed').map(({ value }) => JSON.stringify(value)),
    ...memory.map(({ value }) => value),
  ].join('\n');
  for (const { request, response } of inStep) {
    if (!/^POST .*\/basket$/.test(`${request.method} ${request.url}`) || response?.status !== 200) continue;
    const { item } = fieldsOf(request.body ?? '');
    if (typeof item !== 'string' || item.length > 40 || kept.includes(item)) continue;
    return { tone: 'danger', text: `“${item}” is lost: the shop answered 200, and Redis does not hold it.` };
  }
  return null;
}

/** What scripts of pages wrote into document.cookie in the step; null when none did. */
export function written({ scripts, since }: View, who: WhoIsWho): Part | null {
  const script = scripts.findLast(({ seq, wrote }) => seq >= since && wrote !== null);
  const browser = who.browsers.find(({ actor }) => actor.name === script?.actor);
  if (!script || !browser) return null;
  const [cookie] = script.wrote!.split(/[=;]/);
  const refused = /cannot|may not|must|not /.test(script.result);
  if (!refused)
    return { tone: 'plain', text: `A script in ${possessive(browser)} browser wrote the cookie ${cookie}.` };
  const tone = browser.actor.role === 'attacker' ? 'plain' : 'safe';
  return { tone, text: `${possessive(browser)} browser refused the cookie of the script: ${script.result}.` };
}

/** An order from a page in which a script read or wrote document.cookie before: another than its owner may have placed it. */
export function scriptActed({ scripts, exchanges, since }: View, who: WhoIsWho): Part | null {
  const order = exchanges.findLast(
    ({ request, response }) =>
      request.seq >= since && request.method === 'POST' && request.url.endsWith('/orders') && response?.status === 201,
  );
  const script = scripts.find(({ actor, seq }) => actor === order?.request.actor && seq < since);
  const browser = who.browsers.find(({ actor }) => actor.name === script?.actor);
  if (!browser?.means || browser.actor.role === 'attacker') return null;
  return {
    tone: 'danger',
    text: `An order in ${browser.means.name}’s name came from the page in which the script runs.`,
  };
}

/** What a script read in a page in which it read document.cookie before, and whether the session ID is in it; null when it read nothing. */
export function scriptRead(deed: Deed, { scripts, since }: View): Part | null {
  const { browser, words, exchanges, done } = deed;
  const { request, response } = exchanges.at(-1)!;
  const isScript = request.headers.some(
    ([name, value]) => name.toLowerCase() === 'sec-fetch-dest' && value === 'empty',
  );
  const isHeld = scripts.some(({ actor, seq }) => actor === request.actor && seq < since);
  if (!done || words.kind !== 'read' || !isScript || !isHeld || browser.actor.role === 'attacker') return null;
  const isFound = request.sid !== null && (response?.body ?? '').includes(request.sid);
  const text = `A script in ${possessive(browser)} page ${words.done(null, null)}. The session ID is ${isFound ? '' : 'not '}in it.`;
  return { tone: isFound ? 'danger' : 'safe', text };
}

/** A Set-Cookie that deletes what is not there changes nothing. */
const isRefused = ({ outcome, why }: ResponseReceived['cookies'][number]) =>
  outcome === 'refused' && !deletesNothing(why);

/** A cookie of the app itself that a browser refused in the step, though it holds others; null when there is none. */
export function refusedCookie({ exchanges, since }: View, who: WhoIsWho): Part | null {
  for (const { request, response } of exchanges.toReversed()) {
    if (request.seq < since) break;
    const browser = who.browsers.find(({ actor }) => actor.name === request.actor);
    const refused = response && isApp(response.by) ? response.cookies.find(isRefused) : null;
    if (!browser || !refused) continue;
    return {
      tone: 'plain',
      text: `${possessive(browser)} browser refused the cookie ${refused.name}: ${refused.why}.`,
    };
  }
  return null;
}

/** What happened to the app or to Redis in the step; null when nothing did. */
export function disturbed({ faults, restarts, since }: View): Part | null {
  const { fault } = faults.findLast(({ seq }) => seq >= since) ?? {};
  if (fault)
    return {
      tone: 'plain',
      text: `${faultText(fault)
        .split('. ')[0]!
        .replace(/ \(.*$/, '')
        .replace(/\.$/, '')}.`,
    };
  const restart = restarts.findLast(({ seq }) => seq >= since);
  if (!restart) return null;
  return { tone: 'plain', text: `The shop was restarted${restart.change === '' ? '' : `: ${restart.change}`}.` };
}

/** "Thirty visitors began 30 sessions, and nobody has logged in."; null where no browser began several in the step. */
export function begun({ browsers }: WhoIsWho): { part: Part; posing: boolean } | null {
  const browser = browsers.find((one) => (one.begun?.added ?? 0) > 0);
  if (!browser?.begun) return null;
  const { added, records, user } = browser.begun;
  const all = records === added ? '' : `, and ${records} exist now`;
  const name = nameOf(browser);
  const sessions = added === 1 ? 'a session' : `${added} sessions`;
  if (user === null) {
    return {
      part: { tone: 'plain', text: `${name} began ${sessions}${all}. Nobody has logged in.` },
      posing: false,
    };
  }
  const posing = browser.owner !== user.name && browser.actor.role === 'attacker';
  return {
    part: {
      tone: posing ? 'danger' : 'plain',
      text: `${name} began ${sessions} as ${user.name}${all}.`,
    },
    posing,
  };
}
