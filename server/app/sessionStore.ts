import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { Session, SessionData, Store } from 'express-session';
import type { Redis } from 'ioredis';

/** The lifetime that connect-redis gives a session whose cookie does not expire. Milliseconds. */
const oneDay = 86_400_000;

/** The session objects that were read from the store or written to it. New ones are missing here. */
const stored = new WeakSet<object>();

/**
 * The store of connect-redis with one change: a session that was stored before is written only while its record exists.
 * Without this, a request that is still running when its session ends writes the record back, with its full time to
 * live: https://github.com/expressjs/session/issues/632
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
    // The first save of a new session creates its record.
    if (!stored.has(session)) {
      // Later saves may only update the record. They can be in the same request: a login saves in startSession(), and
      // express-session saves again at the end of the response. Somebody may end the session in between.
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

  /** Deletes a record, and emits `ended`, so that what depends on the session can end with it: see account/events.ts. */
  override async destroy(sid: string, callback?: (error?: unknown) => void): Promise<void> {
    return super.destroy(sid, (error) => {
      if (!error) this.emit('ended', sid);
      if (callback) callback(error);
      else if (error) throw error;
    });
  }
}

// express-session reports results to callbacks. The functions below are the same calls with promises, which reject with
// the error of the store.

/** Gives the request a new session id and an empty session. Deletes the old record. */
export function regenerate(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.regenerate((error) => (error ? reject(error) : resolve())));
}

/** Writes the record now instead of at the end of the response. */
export function save(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.save((error) => (error ? reject(error) : resolve())));
}

/** Deletes the record of the request's session. Afterwards `req.session` is undefined. */
export function destroy(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.destroy((error) => (error ? reject(error) : resolve())));
}

/** Returns the record with this session id, or undefined when there is none. */
export function load(store: Store, sid: string): Promise<SessionData | undefined> {
  return new Promise((resolve, reject) =>
    store.get(sid, (error, session) => (error ? reject(error) : resolve(session ?? undefined))),
  );
}

/** Deletes the record with this session id. */
export function destroyById(store: Store, sid: string): Promise<void> {
  return new Promise((resolve, reject) => store.destroy(sid, (error) => (error ? reject(error) : resolve())));
}
