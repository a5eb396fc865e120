import { RedisStore } from 'connect-redis';
import type { SessionData, Store } from 'express-session';
import type { Redis } from 'ioredis';
import type { Services } from '../app/services.ts';

/** Every write is SET … XX, which needs a record: no ended session comes back, and no new one begins. */
export function createSessionStore({ redis }: Services): Store {
  return new OverwritingStore(redis);
}

class OverwritingStore extends RedisStore {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    super({ client: redis, prefix: 'sess:' });
    this.#redis = redis;
  }

  override async set(sid: string, session: SessionData, callback?: (error?: unknown) => void): Promise<void> {
    try {
      const milliseconds = session.cookie.maxAge ?? 0;
      await this.#redis.set(this.prefix + sid, JSON.stringify(session), 'PX', milliseconds, 'XX');
      callback?.();
    } catch (error) {
      callback?.(error);
    }
  }
}
