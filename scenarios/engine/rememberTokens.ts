/**
 * The tokens of remembered devices: which browser holds one, and what it means to the app. A token is no login, but starts a session.
 * The cookie and its series have one name: `__Host-remember`, `remember:…`. Pure.
 */

import { isAbout } from './keyPattern.ts';
import type { JarView, KeyView } from './marks.ts';
import { personOf } from './people.ts';
import type { View } from './read.ts';
import type { SessionCookie } from './sessionCookies.ts';
import type { RecordUser, SessionRecord } from './sessionRecord.ts';
import type { KeyValue } from './trace.ts';

const prefix = 'remember:';

/** The value of each remember cookie so far, with the key of its series. */
type Series = ReadonlyMap<string, string>;

/** Whether a scenario is about remembered devices. Elsewhere their tokens are bookkeeping. */
export const isAboutTokens = ({ header }: View): boolean => isAbout(prefix, header.scenario.subject);

/** Returns which series each token belongs to: the app has the token only as a digest, but writes the series when it makes one. */
export function seriesIn({ exchanges, header }: View): Series {
  const series = new Map<string, string>();
  for (const { keys, response } of exchanges) {
    const made = keys.findLast(({ key, change }) => change === 'set' && key.startsWith(header.namespace + prefix));
    const value = response?.cookies.filter(isRemember).map(({ header }) => valueIn(header))[0];
    if (made && value) series.set(value, made.key);
  }
  return series;
}

const isRemember = ({ name }: { name: string }) => `${name.replace(/^__(Host|Secure)-/, '')}:` === prefix;

const valueIn = (setCookie: string) => /^[^=]+=([^;]*)/.exec(setCookie)?.[1] ?? '';

/** Returns the remember cookies of a jar. */
export function tokensHeld(jar: readonly JarView[], series: Series, now: number): SessionCookie[] {
  return jar.filter(({ cookie }) => isRemember(cookie)).map((held) => tokenOf(held, series, now));
}

function tokenOf({ cookie, before, mark }: JarView, series: Series, now: number): SessionCookie {
  const key = series.get(cookie.value) ?? null;
  const [newest] = [...series].findLast(([, other]) => other === key) ?? [];
  const other = before !== null && before.value !== cookie.value;
  const lapsed = cookie.expiresAt !== null && cookie.expiresAt <= now;
  return {
    sid: key,
    token: tokenText(cookie.value),
    mark,
    change: mark === 'changed' ? (other ? 'new-token' : 'renewed') : null,
    broken: lapsed
      ? { how: 'expired' }
      : newest !== undefined && newest !== cookie.value
        ? { how: 'used' }
        : mark === 'removed'
          ? { how: 'deleted' }
          : null,
    handMade: false,
    notKept: false,
    keptFrom: null,
    sentFor: null,
    attributes: [],
  };
}

/** Begins as the cookie does elsewhere. The series stays, so the letters that follow it tell tokens apart. */
function tokenText(value: string): string {
  const [series = '', token] = value.split('.');
  return token === undefined ? series.slice(0, 6) : `${series.slice(0, 3)}…${token.slice(0, 4)}`;
}

/** Returns the series that these cookies name, as records: they stay known for as long as the trace shows them. */
export function seriesNamed(held: readonly SessionCookie[], view: View, now: number): SessionRecord[] {
  const keys = [...new Set(held.flatMap(({ sid }) => sid ?? []))];
  return keys.map((key) =>
    recordOf(
      key,
      view.keys.find((one) => one.key === key),
      view,
      now,
    ),
  );
}

function recordOf(sid: string, key: KeyView | undefined, view: View, now: number): SessionRecord {
  const named = { kind: 'remember', sid, process: null, waitsFor: null } as const;
  if (!key) return { ...named, state: 'none', mark: null, expiresAt: null, user: null, before: null };
  const lapsed = key.expiresAt !== null && key.expiresAt <= now;
  const gone = key.mark === 'removed' || lapsed;
  return {
    ...named,
    state: !gone ? 'live' : lapsed || key.change === 'expired' ? 'expired' : 'deleted',
    mark: lapsed ? 'removed' : key.mark,
    expiresAt: gone ? null : key.expiresAt,
    user: gone ? null : userIn(key.value, view),
    before: userIn(key.before, view),
  };
}

function userIn(value: KeyValue | null, { header }: View): RecordUser | null {
  if (value?.type !== 'hash') return null;
  const id = Number(value.data.userId ?? Number.NaN);
  return Number.isInteger(id) ? { id, name: personOf(header, id), role: '' } : null;
}
