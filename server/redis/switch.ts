/**
 * The switch between the two Redis a sandbox can live in: a mock in this process, and a real one.
 */
import type { Redis } from 'ioredis';
import { createMockRedis } from './mock.ts';
import { type PrivateServer, startPrivateServer } from './privateServer.ts';
import { createRealRedis } from './real.ts';

export type StoreKind = 'mock' | 'real';

/** What can be said of the real Redis. Holds no user and no password. */
export interface RedisStatus {
  available: boolean;
  /** `127.0.0.1:6379`, or `redis.example:6380 (TLS), database 2`; null while there is none, or it is not started yet. */
  address: string | null;
  /** Where it comes from. `startable`: there is a program, started when the first sandbox asks for it. */
  source: 'REDIS_URL' | 'localhost' | 'started' | 'startable' | null;
  /** Why it is not available, in sentences. */
  reason: string | null;
  /** Why what comes earlier in the order is not used. */
  passedOver: string[];
  /** Three ways to get one, when there is none. */
  waysToGetOne: string[];
}

export interface RedisSwitch {
  /**
   * Looks at the real Redis, and for one when no sandbox is connected. Takes at most about 400 ms for a Redis on this
   * machine, 1.5 s for a distant one.
   */
  status(): Promise<RedisStatus>;
  /**
   * A ready connection for one sandbox, which ends it with `disconnect()`. Every key gets the prefix.
   *
   * @throws RedisUnavailable within 2 s when there is no real Redis
   */
  connect(kind: StoreKind, options: { keyPrefix: string }): Promise<Redis>;
  /**
   * A server for one sandbox alone, which ends it with `end()`. `settings` are lines of redis.conf.
   *
   * @throws RedisUnavailable when there is no redis-server to start; REDIS_URL is no substitute, it is not ours to break
   */
  startPrivate(settings: readonly string[]): Promise<PrivateServer>;
  /** Where such connections lead, for people; without a user or a password. */
  address(kind: StoreKind): string;
  /** Ends all connections and the server we started; resolves when it is gone. */
  close(): Promise<void>;
}

export interface RedisSwitchOptions {
  /** REDIS_URL; undefined and '' mean that there is none. */
  url?: string | undefined;
  /** Where a Redis of this machine is looked for. */
  localPort?: number;
  /** The folders where a redis-server program is looked for, as in the environment variable PATH. */
  path?: string | undefined;
}

/**
 * Creates the switch; connects nowhere and starts nothing yet.
 *
 * @throws BadRedisUrl when the URL cannot be understood
 */
export function createRedisSwitch(options: RedisSwitchOptions): RedisSwitch {
  const path = options.path ?? process.env.PATH ?? '';
  const real = createRealRedis(options.url, options.localPort ?? 6379, path);
  const mock = createMockRedis();
  return {
    status: () => real.status(),
    connect: (kind, { keyPrefix }) => (kind === 'mock' ? mock.connect(keyPrefix) : real.connect(keyPrefix)),
    startPrivate: (settings) => startPrivateServer(settings, path),
    address: (kind) => (kind === 'mock' ? 'in this process' : (real.address() ?? 'not connected yet')),
    async close() {
      await Promise.all([mock.close(), real.close()]);
    },
  };
}
