import { RedisStore } from 'connect-redis-9';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** Since version 9, connect-redis needs the client node-redis. Its types accept any client, including ioredis. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:' });
}
