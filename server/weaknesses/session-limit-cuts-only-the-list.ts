import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { mostSessions, type SessionIndex, createSessionIndex as usual } from '../app/sessionIndex.ts';
import { repliesOf } from '../app/transaction.ts';

/** Adds the session and cuts the list to the newest ones, in one transaction. The records of the others stay. */
export function createSessionIndex(services: Services, store: Store): SessionIndex {
  const { redis, absoluteMs } = services;
  return {
    ...usual(services, store),
    async add(userId, session) {
      const key = `user:${userId}:sessions`;
      const results = await redis
        .multi()
        .zadd(key, session.loginAt, JSON.stringify(session))
        .pexpire(key, absoluteMs)
        .zremrangebyrank(key, 0, -mostSessions - 1)
        .exec();
      return Number(repliesOf(results)[2]);
    },
  };
}
