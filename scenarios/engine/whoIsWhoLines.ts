/** Who is who as a list, for screen readers, and the words for what stands in the picture. Pure. */

import type { Broken } from './brokenCookie.ts';
import type { Delivery } from './deliveries.ts';
import { pageText } from './lastAnswer.ts';
import type { OtherCookie } from './otherCookies.ts';
import { basketTexts } from './recordBasket.ts';
import type { SessionRecord } from './sessionRecord.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';

/** Returns the lines for each browser, what it got last in the step among them, and one for the records that no browser holds a cookie for. */
export function whoIsWhoLines(who: WhoIsWho): string[] {
  const lines = who.browsers.flatMap((browser) => {
    const { actor, cookies, tokens, otherCookies, streams } = browser;
    const got = gotText(browser);
    const answer = got === null ? [] : [`${actor.label} ${got}.`];
    const remembered = tokens.map(({ sid, token, broken }) => {
      const [record] = who.records.filter((it) => it.sid === sid);
      const text = `${actor.label}: remember token ${token}${broken ? `, ${brokenText(broken)}` : ''}`;
      return `${[text, ...(record && broken === null ? [recordText(record)] : [])].join('; ')}.`;
    });
    const others = otherCookies.map((cookie) => `${actor.label}: cookie ${otherCookieText(cookie)}.`);
    const open = streams.open > 0 ? [`${actor.label}: a stream of events is open.`] : [];
    if (cookies.length === 0)
      return [`${actor.label}: no session cookie.`, ...remembered, ...others, ...answer, ...open];
    const held = cookies.map(({ sid, broken, keptFrom, attributes }) => {
      const records = who.records.filter((it) => it.sid === sid);
      const state = broken ? `, ${brokenText(broken)}` : keptFrom ? `, ${notSentText(keptFrom)}` : '';
      const id = sid?.slice(0, 6) ?? 'without a session ID';
      const cookie = `session cookie ${[id, ...attributes.map(({ text }) => text)].join(', ')}${state}`;
      return `${[`${actor.label}: ${cookie}`, ...records.map(recordText)].join('; ')}.`;
    });
    return [...held, ...remembered, ...others, ...answer, ...open];
  });
  for (const { host, cookie } of who.copies) {
    const records = who.records.filter((it) => it.sid === cookie.sid).map(recordText);
    lines.push(`${host}: ${[`a copy of session cookie ${cookie.sid?.slice(0, 6)}`, ...records].join('; ')}.`);
  }
  for (const { host, account } of who.deliveries) lines.push(`${host}: ${deliveryText(account)}.`);
  const { otherRecords } = who;
  if (otherRecords > 0) lines.push(`${otherRecords} records that no browser here holds a cookie for.`);
  return who.keptRecords > 0 ? [...lines, keptText(who)] : lines;
}

/** "received alice@shop.example" */
export const deliveryText = (account: Delivery['account']): string =>
  account ? `received ${account.email}` : 'received no session ID and no data of an account';

/** "userId=1", "userId=2, removed" */
export const otherCookieText = ({ name, value, mark }: OtherCookie): string =>
  `${name}=${value.slice(0, 60)}${mark === 'removed' ? ', removed' : ''}`;

/** "got 200 as Alice", "got no answer"; null when it asked for nothing in the step. */
export const gotText = ({ answer, unanswered }: Pick<Browser, 'answer' | 'unanswered'>): string | null =>
  answer ? pageText(answer) : unanswered ? 'got no answer' : null;

/** "expired", "not sent: it has SameSite=Lax, and …" */
export function brokenText(broken: Broken): string {
  switch (broken.how) {
    case 'expired':
    case 'deleted':
      return broken.how;
    case 'refused':
      return 'signature refused';
    case 'denied':
      return 'not accepted';
    case 'not-found':
      return 'no record of this app';
    case 'hidden':
      return 'not read: another one comes first';
    case 'used':
      return 'used before';
    case 'failed':
      return broken.status === null ? 'not answered' : `answered ${broken.status}`;
    case 'not-sent':
      return notSentText(broken);
  }
}

export const notSentText = ({ why }: { why: string }) => `not sent: ${why}`;

/** "record of Alice, customer", "record deleted" */
export function recordText(
  record: Pick<SessionRecord, 'kind' | 'process' | 'state' | 'user' | 'waitsFor' | 'basket'>,
): string {
  const { kind, process, state, user, waitsFor, basket } = record;
  if (process !== null) return `in the memory of ${process}: ${recordText({ ...record, process: null })}`;
  if (kind === 'remember')
    return state === 'live' ? `starts a session as ${user?.name ?? 'nobody'}` : state === 'none' ? 'forgotten' : state;
  if (state === 'none') return 'no record';
  if (state === 'token') return `no record, because the cookie itself names ${user?.name ?? 'nobody'}`;
  if (state === 'elsewhere') return `not in Redis, but the app knows the session: ${user?.name ?? 'nobody'}`;
  if (state === 'unseen') return `record not seen; the app names ${user?.name ?? 'nobody'}`;
  if (state === 'unreachable') return 'the app gets no answer from Redis';
  if (state === 'kept') return 'record expired, and still there';
  if (state !== 'live') return `record ${state}`;
  const holds = basket ? `, ${basket.items.length === 0 ? 'basket empty' : `basket: ${basketTexts(basket)[0]}`}` : '';
  if (!user) return `record of nobody yet${waitsFor === null ? '' : `, password of ${waitsFor}`}${holds}`;
  return `record of ${user.name}${user.role === '' ? '' : `, ${user.role}`}${holds}`;
}

/** "31 records have expired and are still in the memory of the shop." */
export function keptText({ keptRecords: kept }: WhoIsWho): string {
  const which = kept === 1 ? 'One record has expired and is' : `${kept} records have expired and are`;
  return `${which} still in the memory of the shop.`;
}
