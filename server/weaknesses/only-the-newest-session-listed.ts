import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { handleOf, type ListedSession, type SessionIndex } from '../app/sessionIndex.ts';
import { destroyById } from '../app/sessionStore.ts';

/** Each login writes its session over that of the login before, as with a column `session_id` in the user table. */
export function createSessionIndex({ redis, absoluteMs }: Services, store: Store): SessionIndex {
  const keyOf = (userId: number) => `user:${userId}:sessions`;

  async function list(userId: number): Promise<ListedSession[]> {
    const newest = await redis.get(keyOf(userId));
    return newest === null ? [] : [JSON.parse(newest)];
  }

  return {
    list,
    async add(userId, session) {
      const listed: ListedSession = { handle: handleOf(session.sid), ...session };
      await redis.set(keyOf(userId), JSON.stringify(listed), 'PX', absoluteMs);
      return 0;
    },
    async endWhere(userId, picked) {
      const ended = (await list(userId)).filter(picked);
      for (const { sid } of ended) await destroyById(store, sid);
      return ended.length === 0 ? 0 : redis.del(keyOf(userId));
    },
  };
}
