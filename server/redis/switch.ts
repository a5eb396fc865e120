import type { Redis } from 'ioredis';
import { createMockRedis } from './mock.ts';
import type { KeyNotices } from './notices.ts';
import { type PrivateServer, startPrivateServer } from './privateServer.ts';
import { createRealRedis, type RealRedis } from './real.ts';

export type StoreKind = 'mock' | 'real';

/** Both kinds of Redis that a sandbox can use: a mock in this process, and a real one. */
export interface RedisSwitch {
  status: RealRedis['status'];
  /**
   * Returns a ready connection that adds the prefix to every key. The caller ends it with `disconnect()`.
   *
   * @param options.bareMock on the mock, SET is that of ioredis-mock, which ignores the options it does not know
   * @throws RedisUnavailable within about 2 s when there is no real Redis
   */
  connect(kind: StoreKind, options: { keyPrefix: string; bareMock?: boolean }): Promise<Redis>;
  /**
   * Tells which keys of sandboxes change in the Redis that was connected to last.
   *
   * @throws RedisUnavailable when it cannot be reached any more
   */
  notices(kind: StoreKind): Promise<KeyNotices>;
  /**
   * Starts a server for one sandbox only, which ends it with `end()`. `settings` are lines of redis.conf.
   *
   * @throws RedisUnavailable when there is no redis-server to start. The one in REDIS_URL is never used, because it is not ours
   *   to break.
   */
  startPrivate(settings: readonly string[]): Promise<PrivateServer>;
  /** Returns where such connections lead, for people, without a user or a password. */
  address(kind: StoreKind): string;
  /** Returns the command that opens redis-cli on the server that this process has started; null for any other. */
  cli(kind: StoreKind): string | null;
  /** Ends all connections and the server that this process started; resolves when it has ended. */
  close(): Promise<void>;
}

export interface RedisSwitchOptions {
  /** REDIS_URL. An empty one counts as none. */
  url?: string | undefined;
  /** The port of 127.0.0.1 on which to look for a Redis. */
  localPort?: number;
  /** The folders to search for a redis-server program, as in the environment variable PATH. */
  path?: string | undefined;
}

/**
 * Creates the switch. It connects to nothing and starts nothing yet.
 *
 * @throws BadRedisUrl when the URL is malformed
 */
export function createRedisSwitch(options: RedisSwitchOptions): RedisSwitch {
  const path = options.path ?? process.env.PATH ?? '';
  const real = createRealRedis(options.url, options.localPort ?? 6379, path);
  const mock = createMockRedis();
  return {
    status: real.status,
    connect: (kind, { keyPrefix, bareMock }) =>
      kind === 'mock' ? mock.connect(keyPrefix, bareMock) : real.connect(keyPrefix),
    notices: async (kind) => (kind === 'mock' ? mock.notices : real.notices()),
    startPrivate: (settings) => startPrivateServer(settings, path),
    address: (kind) => (kind === 'mock' ? 'in this process' : (real.address() ?? 'not connected yet')),
    cli: (kind) => (kind === 'mock' ? null : real.cli()),
    async close() {
      await Promise.all([mock.close(), real.close()]);
    },
  };
}
