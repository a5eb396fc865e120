import { RedisStore } from 'connect-redis-9';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** From version 9 on, connect-redis speaks to node-redis. Its types take any client, an ioredis as well. */
export function sessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:' });
}
