import { createHash } from 'node:crypto';
import type { Store } from 'express-session';
import type { Services } from './services.ts';
import { load } from './sessionCalls.ts';

export interface ListedSession {
  /** Names the session to its owner. It is a hash of the id, so it is of no use as a cookie. */
  handle: string;
  sid: string;
  /** The User-Agent that logged in. */
  device: string;
  /** Milliseconds since 1970. */
  loginAt: number;
}

export type SessionIndex = ReturnType<typeof createSessionIndex>;

/**
 * A user's sessions, to list and to end. The store finds a record by its id only; without this index one would have to read
 * every record of everybody to find the four of one user. One Redis hash per user: handle -> session.
 */
export function createSessionIndex({ redis, absolute }: Services, store: Store) {
  const keyOf = (userId: number) => `user:${userId}:sessions`;

  return {
    async add(userId: number, session: Omit<ListedSession, 'handle'>): Promise<void> {
      await redis.hset(keyOf(userId), handleOf(session.sid), JSON.stringify(session));
      // No session outlives the absolute limit, so neither need its entry; every login renews it for the newest one.
      await redis.pexpire(keyOf(userId), absolute);
    },

    async remove(userId: number, sid: string): Promise<void> {
      await redis.hdel(keyOf(userId), handleOf(sid));
    },

    async find(userId: number, handle: string): Promise<ListedSession | undefined> {
      const entry = await redis.hget(keyOf(userId), handle);
      return entry === null ? undefined : { handle, ...JSON.parse(entry) };
    },

    /** The living ones, oldest first. A record that expired told nobody, so its entry is found out and dropped here. */
    async list(userId: number): Promise<ListedSession[]> {
      const entries = Object.entries(await redis.hgetall(keyOf(userId)));
      const sessions = entries.map(([handle, entry]): ListedSession => ({ handle, ...JSON.parse(entry) }));
      const alive = await Promise.all(sessions.map(async ({ sid }) => (await load(store, sid)) !== undefined));
      const ghosts = sessions.filter((_, index) => !alive[index]);
      if (ghosts.length > 0) await redis.hdel(keyOf(userId), ...ghosts.map(({ handle }) => handle));
      return sessions.filter((_, index) => alive[index]).sort((a, b) => a.loginAt - b.loginAt);
    },
  };
}

export function handleOf(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url').slice(0, 16);
}
