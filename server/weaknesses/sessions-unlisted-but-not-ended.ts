import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { type SessionIndex, createSessionIndex as usual } from '../app/sessionIndex.ts';

/** Takes the sessions off the list in Redis. Their records do not depend on the list. */
export function createSessionIndex(services: Services, store: Store): SessionIndex {
  const index = usual(services, store);
  return {
    ...index,
    async endWhere(userId, picked) {
      const key = `user:${userId}:sessions`;
      const sids = (await index.list(userId)).filter(picked).map(({ sid }) => sid);
      const entries = await services.redis.zrange(key, 0, -1);
      const gone = entries.filter((entry) => sids.includes(JSON.parse(entry).sid));
      return gone.length === 0 ? 0 : services.redis.zrem(key, ...gone);
    },
  };
}
