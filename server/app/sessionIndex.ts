import { createHash } from 'node:crypto';
import type { Store } from 'express-session';
import type { Services } from './services.ts';
import { destroyById, load } from './sessionStore.ts';
import { repliesOf } from './transaction.ts';

/** The sessions of each user, to list and to end. */
export interface SessionIndex {
  /** Adds a session, and ends the oldest ones beyond the limit. Returns how many it ended. */
  add(userId: number, session: Omit<ListedSession, 'handle'>): Promise<number>;
  /** Returns the active sessions, oldest first. */
  list(userId: number): Promise<ListedSession[]>;
  /** Ends the sessions that `picked` accepts. Returns how many. */
  endWhere(userId: number, picked: (session: ListedSession) => boolean): Promise<number>;
}

export interface ListedSession {
  /** Identifies the session to its owner. It is a hash of the session id, so it is useless as a cookie. */
  handle: string;
  sid: string;
  /** The User-Agent header of the login. */
  device: string;
  /** Milliseconds since 1970. */
  loginAt: number;
}

/** How many sessions a user may have. A new one ends the oldest. Refusing it would let a thief lock the user out. */
export const mostSessions = 5;

/**
 * Returns the index of every user's sessions. The store finds a record only by its session id: without this index,
 * finding the four sessions of one user would mean reading the records of everybody. In Redis it is a sorted set per
 * user, oldest first. The scores are microseconds since 1970 by Redis' clock.
 */
export function createSessionIndex({ redis, absoluteMs }: Services, store: Store): SessionIndex {
  const keyOf = (userId: number) => `user:${userId}:sessions`;
  const entriesOf = (userId: number) => redis.zrange(keyOf(userId), 0, -1);

  /** Returns how many of these sessions no parallel request has ended before. */
  async function end(userId: number, entries: string[]): Promise<number> {
    if (entries.length === 0) return 0;
    // Delete the records first. If this stops halfway, the index can still find what is left.
    for (const { sid } of entries.map(parse)) await destroyById(store, sid);
    return redis.zrem(keyOf(userId), ...entries);
  }

  /** Returns the entries whose record exists. Expired records leave their entries behind, and this removes those. */
  async function active(userId: number, entries: string[]): Promise<string[]> {
    const exists = await Promise.all(entries.map(async (entry) => (await load(store, parse(entry).sid)) !== undefined));
    const expired = entries.filter((_, index) => !exists[index]);
    if (expired.length > 0) await redis.zrem(keyOf(userId), ...expired);
    return entries.filter((_, index) => exists[index]);
  }

  return {
    async add(userId, session) {
      const key = keyOf(userId);
      // Redis' clock puts the sessions in order, because the clocks of two instances of the app differ: an instance that
      // is two minutes behind would add a new session as the oldest, and end it at once.
      const [seconds, microseconds] = await redis.time();
      const addedAt = Number(seconds) * 1_000_000 + Number(microseconds);
      // Add first and count then, so that of two parallel logins at least one sees the other. If they counted first,
      // both would find room.
      const results = await redis
        .multi()
        .zadd(key, addedAt, JSON.stringify(session))
        // No session outlives the absolute limit, so the index need not either. Every login renews it.
        .pexpire(key, absoluteMs)
        .zrange(key, 0, -1)
        .exec();
      const entries = repliesOf(results)[2] as string[];
      if (entries.length <= mostSessions) return 0;
      // An expired session does not count.
      return end(userId, (await active(userId, entries)).slice(0, -mostSessions));
    },

    async list(userId) {
      return (await active(userId, await entriesOf(userId))).map(parse);
    },

    async endWhere(userId, picked) {
      const entries = await entriesOf(userId);
      return end(
        userId,
        entries.filter((entry) => picked(parse(entry))),
      );
    },
  };
}

export function handleOf(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url').slice(0, 16);
}

function parse(entry: string): ListedSession {
  const session = JSON.parse(entry) as Omit<ListedSession, 'handle'>;
  return { handle: handleOf(session.sid), ...session };
}
