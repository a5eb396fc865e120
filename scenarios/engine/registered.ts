/** The users of an app, with those who registered since the trace began. Pure. */
import { isApp } from './lastAnswer.ts';
import { fieldsOf } from './sessionRecord.ts';
import type { ResponseReceived, TraceHeader } from './trace.ts';

/**
 * Adds the users whose number and e-mail address the app itself has answered. Two apps count their users alike: a number that means
 * several people stays a number.
 */
export function usersIn(
  { users }: Pick<TraceHeader, 'users'>,
  responses: readonly (Pick<ResponseReceived, 'body' | 'by'> | null)[],
): TraceHeader['users'] {
  const addresses = new Map<number, Set<string>>();
  for (const response of responses) {
    if (!response || !isApp(response.by) || !response.body.includes('"email"')) continue;
    const { id, email } = fieldsOf(response.body);
    if (typeof id !== 'number' || typeof email !== 'string' || users.some((user) => user.id === id)) continue;
    addresses.set(id, (addresses.get(id) ?? new Set()).add(email));
  }
  const registered = [...addresses].flatMap(([id, emails]) =>
    emails.size === 1 ? [{ id, email: [...emails][0]! }] : [],
  );
  return [...users, ...registered];
}
