/** The Redis of one sandbox: the one that all sandboxes share, or a server of its own that a scenario can break. */
import type { Redis } from 'ioredis';
import type { World } from '../../scenarios/engine/cast.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Fault } from '../../scenarios/engine/faults.ts';
import type { Scenario, Setup } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { RedisUnavailable } from '../redis/errors.ts';
import type { KeyNotices } from '../redis/notices.ts';
import type { PrivateServer } from '../redis/privateServer.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import type { Recorder } from './recorder.ts';

/** @throws SandboxError `needs-real-redis` on the mock, for a scenario that the mock would show wrongly */
export function requirePlayable({ slug, needsRealRedis }: Scenario, store: StoreKind): void {
  if (store === 'mock' && needsRealRedis !== undefined)
    throw new SandboxError('needs-real-redis', `Scenario "${slug}" needs a real Redis. ${needsRealRedis}`);
}

export interface OpenStore {
  connection: Redis;
  /** Tells which keys change. It does not matter which client changes them. */
  notices: KeyNotices;
  /** For people. */
  address: string;
  /** The command that opens redis-cli there, where the server has a password that this process has made; otherwise null. */
  cli: string | null;
  /** The sandbox's own server, if it has one. It is to be ended with the sandbox. */
  own: PrivateServer | null;
}

/**
 * Opens the Redis of a sandbox: the one that all sandboxes share, or one of its own.
 * @throws SandboxError `redis-unavailable`
 */
export async function openStore(
  redis: RedisSwitch,
  store: StoreKind,
  { ownRedis, bareMock = false }: Setup,
  namespace: string,
): Promise<OpenStore> {
  try {
    if (ownRedis) return await openOwn(redis, ownRedis, namespace);
    const connection = await redis.connect(store, { keyPrefix: namespace, bareMock });
    const notices = await redis.notices(store).catch((error: unknown) => {
      connection.disconnect();
      throw error;
    });
    return { connection, notices, address: redis.address(store), cli: redis.cli(store), own: null };
  } catch (error) {
    // The switch does not know the contract, so its error is translated here, and nowhere else.
    if (error instanceof RedisUnavailable) throw new SandboxError('redis-unavailable', error.message);
    throw error;
  }
}

async function openOwn(redis: RedisSwitch, settings: readonly string[], namespace: string): Promise<OpenStore> {
  const own = await redis.startPrivate(settings);
  try {
    const [connection, notices] = await Promise.all([own.connect(namespace), own.notices(namespace)]);
    return { connection, notices, address: own.address, cli: own.cli(), own };
  } catch (error) {
    await own.end();
    throw error;
  }
}

export type OwnRedisOperations = Pick<World, 'stopRedis' | 'startRedis' | 'freezeRedis' | 'thawRedis' | 'fillRedis'>;

/**
 * What a scenario can do to the sandbox's own Redis server. Without such a server every operation throws.
 * @param signal aborts when the sandbox ends, and ends every wait
 */
export function ownRedisOperations(
  { own, connection }: OpenStore,
  recorder: Recorder,
  signal: AbortSignal,
): OwnRedisOperations {
  const record = (fault: Fault) => recorder.record({ type: 'fault', fault });
  const requireOwn = (): PrivateServer => {
    if (own) return own;
    throw new Error('This sandbox has no Redis of its own to break: give the scenario’s setup `ownRedis`.');
  };

  /** Resolves when the app's connection is ready or closed. */
  function until(event: 'ready' | 'close'): Promise<void> {
    if ((connection.status === 'ready') === (event === 'ready')) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      connection.once(event, () => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
    });
  }

  return {
    async stopRedis() {
      const server = requireOwn();
      record({ is: 'crashed' });
      await server.stop();
      await until('close');
    },
    async startRedis() {
      await requireOwn().start();
      record({ is: 'started-empty' });
      await until('ready');
    },
    async freezeRedis() {
      const server = requireOwn();
      record({ is: 'frozen', what: 'server' });
      await server.freeze();
      // The connection times out only if it waits for an answer.
      void connection.ping().catch(() => {});
      await until('close');
    },
    async thawRedis() {
      const server = requireOwn();
      record({ is: 'thawed' });
      server.thaw();
      await until('ready');
    },
    async fillRedis(keys, bytes) {
      const job = await requireOwn().connect('cache:');
      try {
        const value = 'x'.repeat(bytes);
        const written = await Promise.allSettled(
          Array.from({ length: keys }, (_, index) => job.set(`${index}`, value)),
        );
        const refused = written.filter(({ status }) => status === 'rejected').length;
        record({ is: 'filled', keys, bytes, refused });
        return refused;
      } finally {
        job.disconnect();
      }
    },
  };
}
