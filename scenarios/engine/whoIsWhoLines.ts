/** Who is who, in words: a line for each browser, for screen readers. Pure. */
import type { Broken } from './sessionCookies.ts';
import type { SessionRecord, WhoIsWho } from './whoIsWho.ts';

/** Returns one line for each browser, and one for the records that no browser holds a cookie for. */
export function whoIsWhoLines(who: WhoIsWho): string[] {
  const lines = who.browsers.flatMap(({ actor, cookies }) => {
    if (cookies.length === 0) return [`${actor.label}: no session cookie.`];
    return cookies.map(({ sid, broken }) => {
      const records = who.records.filter((it) => it.sid === sid);
      const cookie = `session cookie ${sid?.slice(0, 6) ?? 'without a session ID'}${broken ? `, ${brokenText(broken)}` : ''}`;
      return `${[`${actor.label}: ${cookie}`, ...records.map(recordText)].join('; ')}.`;
    });
  });
  const { otherRecords } = who;
  return otherRecords === 0 ? lines : [...lines, `${otherRecords} records that no browser here holds a cookie for.`];
}

/** "expired", "not sent: it has SameSite=Lax, and …" */
export function brokenText(broken: Broken): string {
  switch (broken.how) {
    case 'expired':
    case 'deleted':
      return broken.how;
    case 'refused':
      return 'signature refused';
    case 'not-found':
      return 'no record of this app';
    case 'not-sent':
      return `not sent: ${broken.why}`;
  }
}

/** "record of Alice, customer", "record deleted" */
export function recordText({ process, state, user }: Pick<SessionRecord, 'process' | 'state' | 'user'>): string {
  if (process !== null) return `in the memory of ${process}: ${recordText({ process: null, state, user })}`;
  if (state === 'none') return 'no record';
  if (state === 'elsewhere') return `not in Redis, but the app knows the session: ${user?.name ?? 'nobody'}`;
  if (state === 'unreachable') return 'the app does not reach Redis';
  if (state !== 'live') return `record ${state}`;
  if (!user) return 'record of nobody yet';
  return `record of ${user.name}${user.role === '' ? '' : `, ${user.role}`}`;
}
