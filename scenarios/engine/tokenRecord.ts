/** What stands in place of a session record where the cookie is a signed token. Pure. */
import type { View } from './read.ts';
import { nameFor, type SessionRecord } from './sessionRecord.ts';
import { parseToken, readClaims, type SignedToken } from './token.ts';

/** Returns the tokens in the cookies so far, by their signature. */
export function tokensIn({ actors, exchanges }: View): Map<string, SignedToken> {
  const inJars = actors.flatMap(({ cookies }) => cookies.flatMap(({ cookie, before }) => [cookie, before ?? cookie]));
  const sent = exchanges.flatMap(({ request }) => request.cookies);
  const tokens = [...sent, ...inJars].flatMap(({ sid, value }) => (sid === null ? [] : (parseToken(value) ?? [])));
  return new Map(tokens.map((token) => [token.signature, token]));
}

/** Returns what stands in place of a record: the token itself says whom it names. */
export function tokenOf(sid: string, { claims }: SignedToken, view: View, now: number): SessionRecord {
  const { userId, role, expiresAt: end } = readClaims(claims);
  const expiresAt = end === null ? null : end - view.header.startedAt;
  const expired = expiresAt !== null && expiresAt <= now;
  const user = userId === null ? null : { id: userId, name: nameFor(sid, userId, view), role };
  const isNew = view.exchanges.some(({ response }) => response?.sid === sid && response.seq >= view.since);
  const named = { kind: 'session', sid, process: null, waitsFor: null, before: isNew ? null : user } as const;
  if (expired) return { ...named, state: 'expired', mark: null, expiresAt: null, user: null };
  return { ...named, state: 'token', mark: isNew ? 'added' : null, expiresAt, user };
}
