import { randomUUID } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import type { Redis } from 'ioredis';
import RedisMock from 'ioredis-mock';

/** A Redis in this process: one data set, any number of connections. */
export interface MockRedis {
  connect(keyPrefix: string): Promise<Redis>;
  /** Ends all connections and drops the data. */
  close(): Promise<void>;
}

/** The part of ioredis-mock 8.13 that its types leave out: what the connections of one host share. */
interface Shared {
  context: { modifiedKeyEvents: EventEmitter; channels: EventEmitter; patternChannels: EventEmitter };
}

/** Creates an empty mock Redis. Two of them in one process do not see each other's keys. */
export function createMockRedis(): MockRedis {
  // ioredis-mock keeps one data set for each host, port and database, for the life of the process.
  const host = `mock-${randomUUID()}`;
  const open = new Set<Redis>();

  async function connect(keyPrefix: string): Promise<Redis> {
    const client = new RedisMock({ host, keyPrefix });
    allowManyListeners(client);
    open.add(client);
    client.once('end', () => open.delete(client));
    await once(client, 'ready');
    return client;
  }

  return {
    connect,
    async close() {
      const last = await connect('');
      await last.flushall();
      for (const client of open) client.disconnect();
    },
  };
}

/** Every mock connection listens to the shared data for WATCH, and Node warns of a leak from the eleventh on. */
function allowManyListeners(client: Redis): void {
  const { context } = client as unknown as Shared;
  for (const emitter of [context.modifiedKeyEvents, context.channels, context.patternChannels]) {
    emitter.setMaxListeners(Number.POSITIVE_INFINITY);
  }
}
