import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { mostSessions, type SessionIndex, createSessionIndex as usual } from '../app/sessionIndex.ts';
import { destroyById } from '../app/sessionStore.ts';

/**
 * Watches the list while it counts, and counts again when the list has changed. WATCH belongs to a connection, and all
 * logins share one: the first transaction ends the watch of all others.
 */
export function createSessionIndex(services: Services, store: Store): SessionIndex {
  const { redis, absoluteMs } = services;
  return {
    ...usual(services, store),
    async add(userId, session) {
      const key = `user:${userId}:sessions`;
      while (true) {
        await redis.watch(key);
        const surplus = (await redis.zcard(key)) - mostSessions + 1;
        const oldest = surplus > 0 ? await redis.zrange(key, 0, surplus - 1) : [];
        const change = redis.multi().zadd(key, session.loginAt, JSON.stringify(session)).pexpire(key, absoluteMs);
        if (oldest.length > 0) change.zrem(key, ...oldest);
        // null: the list has changed since WATCH.
        if ((await change.exec()) === null) continue;
        for (const entry of oldest) await destroyById(store, JSON.parse(entry).sid);
        return oldest.length;
      }
    },
  };
}
