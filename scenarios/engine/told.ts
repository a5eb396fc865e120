/** Whom an app names whose session records nobody sees: what it answered when it was asked. Pure. */
import { personOf } from './people.ts';
import type { View } from './read.ts';
import type { RecordUser, SessionRecord } from './sessionRecord.ts';

/** @param before the view as it was when the step started */
export function unseen(sid: string, view: View, before: View): SessionRecord {
  const nothing = { process: null, mark: null, expiresAt: null, waitsFor: null };
  const users = { user: toldUser(sid, view), before: toldUser(sid, before) };
  return { kind: 'session', sid, state: 'unseen', ...users, ...nothing };
}

/** Returns whom the app said last that this session is; null where it was not asked, or named nobody. */
export function toldUser(sid: string, { header, exchanges }: View): RecordUser | null {
  const asked = exchanges.flatMap(({ request, response }) => {
    const answer = header.told?.find((one) => one.request === request.id);
    return answer && response && request.sid === sid ? [answer.name] : [];
  });
  const user = header.users.find(({ email }) => email === asked.at(-1));
  return user ? { id: user.id, name: personOf(header, user.id), role: '' } : null;
}
