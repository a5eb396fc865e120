import type { Redis } from 'ioredis';
import type { World } from '../../scenarios/engine/cast.ts';
import type { PrivateServer } from '../redis/privateServer.ts';
import type { Recorder } from './recorder.ts';

export type OwnRedisOperations = Pick<World, 'stopRedis' | 'startRedis' | 'freezeRedis' | 'thawRedis' | 'fillRedis'>;

/**
 * What operations, bad luck and other people's jobs do to a Redis of the sandbox's own.
 *
 * @param own null where the sandbox has none; then everything here throws
 * @param connection the app's
 * @param signal aborts when the sandbox ends, and with it every wait
 */
export function createOwnRedis(lab: {
  own: PrivateServer | null;
  connection: Redis;
  recorder: Recorder;
  signal: AbortSignal;
}): OwnRedisOperations {
  const { own, connection, recorder, signal } = lab;
  const tell = (what: string) => recorder.record({ type: 'fault', what });
  const requireOwn = (): PrivateServer => {
    if (own) return own;
    throw new Error('This sandbox has no Redis of its own to break: give the scenario’s setup `ownRedis`.');
  };

  /** Resolves when the app's connection is ready (again), or not any more. */
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
      tell('Redis crashes');
      await server.stop();
      await until('close');
    },
    async startRedis() {
      await requireOwn().start();
      tell('Redis is started again, empty');
      await until('ready');
    },
    async freezeRedis() {
      const server = requireOwn();
      tell('Redis freezes: it takes connections and answers nothing');
      await server.freeze();
      await until('close');
    },
    async thawRedis() {
      const server = requireOwn();
      tell('Redis goes on where it was');
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
        tell(`Another job writes ${keys} keys of ${bytes} bytes into the same Redis; ${refused} are refused`);
        return refused;
      } finally {
        job.disconnect();
      }
    },
  };
}
