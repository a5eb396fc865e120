import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { handleOf, type ListedSession, type SessionIndex } from '../app/sessionIndex.ts';
import { destroyById } from '../app/sessionStore.ts';

/** The records are in Redis, but the list that says whose they are is in this process, and is lost when it ends. */
export function createSessionIndex(_services: Services, store: Store): SessionIndex {
  const sessionsOf = new Map<number, ListedSession[]>();
  const list = (userId: number) => sessionsOf.get(userId) ?? [];

  return {
    async add(userId, session) {
      sessionsOf.set(userId, [...list(userId), { handle: handleOf(session.sid), ...session }]);
      return 0;
    },
    list: async (userId) => list(userId),
    async endWhere(userId, picked) {
      const ended = list(userId).filter(picked);
      for (const { sid } of ended) await destroyById(store, sid);
      const left = list(userId).filter((session) => !ended.includes(session));
      sessionsOf.set(userId, left);
      return ended.length;
    },
  };
}
