import { createHash } from 'node:crypto';
import type { Store } from 'express-session';
import type { Services } from './services.ts';
import { destroyById, load } from './sessionCalls.ts';

export interface ListedSession {
  /** Names the session to its owner. It is a hash of the id, so it is of no use as a cookie. */
  handle: string;
  sid: string;
  /** The User-Agent that logged in. */
  device: string;
  /** Milliseconds since 1970. */
  loginAt: number;
}

/** Sessions a user may have at once. The oldest gives way: to refuse the newest would let a thief lock the owner out. */
export const mostSessions = 5;

export type SessionIndex = ReturnType<typeof createSessionIndex>;

/**
 * A user's sessions, to list and to end. The store finds a record by its id only; without this index one would have to read
 * every record of everybody to find the four of one user. One sorted set per user, oldest login first.
 */
export function createSessionIndex({ redis, absolute }: Services, store: Store) {
  const keyOf = (userId: number) => `user:${userId}:sessions`;
  const parse = (entry: string): ListedSession => {
    const session = JSON.parse(entry) as Omit<ListedSession, 'handle'>;
    return { handle: handleOf(session.sid), ...session };
  };

  async function entries(userId: number): Promise<string[]> {
    return redis.zrange(keyOf(userId), 0, -1);
  }

  /** Returns how many of them nobody else had ended meanwhile. */
  async function end(userId: number, taken: string[]): Promise<number> {
    if (taken.length === 0) return 0;
    // The records first: an entry without a record is found out, a record without an entry is not.
    for (const { sid } of taken.map(parse)) await destroyById(store, sid);
    return redis.zrem(keyOf(userId), ...taken);
  }

  /** Of these entries those whose record is there. One that expired told nobody, so its entry is found out and dropped here. */
  async function living(userId: number, all: string[]): Promise<string[]> {
    const alive = await Promise.all(all.map(async (entry) => (await load(store, parse(entry).sid)) !== undefined));
    const ghosts = all.filter((_, index) => !alive[index]);
    if (ghosts.length > 0) await redis.zrem(keyOf(userId), ...ghosts);
    return all.filter((_, index) => alive[index]);
  }

  return {
    /** Returns how many older sessions had to give way. */
    async add(userId: number, session: Omit<ListedSession, 'handle'>): Promise<number> {
      const key = keyOf(userId);
      // Entered first and counted then: of two logins at the same moment at least one sees the other. Counted first, both would
      // find room.
      const replies = await redis
        .multi()
        .zadd(key, session.loginAt, JSON.stringify(session))
        // No session outlives the absolute limit, so neither need the list; every login renews it for the newest one.
        .pexpire(key, absolute)
        .zrange(key, 0, -1)
        .exec();
      const all = replies?.[2]?.[1] as string[];
      if (all.length <= mostSessions) return 0;
      // An entry whose session is over takes nobody's place.
      return end(userId, (await living(userId, all)).slice(0, -mostSessions));
    },

    /** The session with that handle among this user's own. */
    async find(userId: number, handle: string): Promise<ListedSession | undefined> {
      return (await entries(userId)).map(parse).find((session) => session.handle === handle);
    },

    /** The living ones, oldest first. */
    async list(userId: number): Promise<ListedSession[]> {
      return (await living(userId, await entries(userId))).map(parse);
    },

    /** Take one off the list and leave it alone otherwise. */
    async unlist(userId: number, handle: string): Promise<void> {
      const taken = (await entries(userId)).filter((entry) => parse(entry).handle === handle);
      if (taken.length > 0) await redis.zrem(keyOf(userId), ...taken);
    },

    /** End the sessions the test picks; returns how many. */
    async endWhere(userId: number, picked: (session: ListedSession) => boolean): Promise<number> {
      const all = await entries(userId);
      return end(
        userId,
        all.filter((entry) => picked(parse(entry))),
      );
    },
  };
}

export function handleOf(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url').slice(0, 16);
}
