import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { mostSessions, type SessionIndex, createSessionIndex as usual } from '../app/sessionIndex.ts';
import { destroyById } from '../app/sessionStore.ts';

/** Counts, makes room and adds, in separate commands. Parallel logins all count before any of them has added. */
export function createSessionIndex(services: Services, store: Store): SessionIndex {
  const { redis, absoluteMs } = services;
  return {
    ...usual(services, store),
    async add(userId, session) {
      const key = `user:${userId}:sessions`;
      const surplus = (await redis.zcard(key)) - mostSessions + 1;
      const oldest = surplus > 0 ? await redis.zrange(key, 0, surplus - 1) : [];
      for (const entry of oldest) await destroyById(store, JSON.parse(entry).sid);
      if (oldest.length > 0) await redis.zrem(key, ...oldest);
      await redis.zadd(key, session.loginAt, JSON.stringify(session));
      await redis.pexpire(key, absoluteMs);
      return oldest.length;
    },
  };
}
