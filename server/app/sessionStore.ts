import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { Session, SessionData } from 'express-session';
import type { Redis } from 'ioredis';

/** What connect-redis gives a session whose cookie has no expiry. Milliseconds. */
const oneDay = 86_400_000;

/** Sessions that have, or had, a record: read from the store, or written to it once. Not those that were just made. */
const stored = new WeakSet<object>();

/**
 * connect-redis, but a session that has been stored is written only while its record is still there. A request that was
 * under way when its session was ended would otherwise write the record back, with its full time to live
 * (expressjs/session#632).
 */
export class SessionStore extends RedisStore {
  readonly #redis: Redis;

  constructor(options: { client: Redis; prefix: string; disableTouch?: boolean }) {
    super(options);
    this.#redis = options.client;
  }

  override createSession(req: Request, data: SessionData): Session & SessionData {
    const session = super.createSession(req, data);
    stored.add(session);
    return session;
  }

  override async set(sid: string, session: SessionData, callback?: (error?: unknown) => void): Promise<void> {
    if (!stored.has(session)) {
      // A login saves twice, before its answer and at the end of it, and may be ended between the two.
      stored.add(session);
      return super.set(sid, session, callback);
    }
    try {
      const seconds = Math.ceil((session.cookie.maxAge ?? oneDay) / 1000);
      if (seconds > 0) await this.#redis.set(this.prefix + sid, JSON.stringify(session), 'EX', seconds, 'XX');
      else await this.#redis.del(this.prefix + sid);
      callback?.();
    } catch (error) {
      if (!callback) throw error;
      callback(error);
    }
  }
}
