import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { destroyById } from '../app/sessionCalls.ts';
import { handleOf, type ListedSession, type SessionIndex } from '../app/sessionIndex.ts';

/** The records are in Redis, the list of whose they are is in this process, and gone with it. */
export function createSessionIndex(_: Services, store: Store): SessionIndex {
  const sessionsOf = new Map<number, ListedSession[]>();
  const list = (userId: number) => sessionsOf.get(userId) ?? [];
  const keep = (userId: number, kept: (session: ListedSession) => boolean) =>
    sessionsOf.set(userId, list(userId).filter(kept));

  return {
    async add(userId, session) {
      sessionsOf.set(userId, [...list(userId), { handle: handleOf(session.sid), ...session }]);
      return 0;
    },
    find: async (userId, handle) => list(userId).find((session) => session.handle === handle),
    list: async (userId) => list(userId),
    async unlist(userId, handle) {
      keep(userId, (session) => session.handle !== handle);
    },
    async endWhere(userId, picked) {
      const ended = list(userId).filter(picked);
      for (const { sid } of ended) await destroyById(store, sid);
      keep(userId, (session) => !ended.includes(session));
      return ended.length;
    },
  };
}
