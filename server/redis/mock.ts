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
  context: {
    /** Tells 'modified' with the whole key, in the same tick as the command. */
    modifiedKeyEvents: EventEmitter;
    channels: EventEmitter;
    patternChannels: EventEmitter;
    data: { get(key: string): unknown; delete(key: string): void };
  };
}

/** Creates an empty mock Redis. Two of them in one process do not see each other's keys. */
export function createMockRedis(): MockRedis {
  // ioredis-mock keeps one data set for each host, port and database, for the life of the process.
  const host = `mock-${randomUUID()}`;
  const open = new Set<Redis>();
  let tidied = false;

  async function connect(keyPrefix: string): Promise<Redis> {
    const client = new RedisMock({ host, keyPrefix });
    const { context } = client as unknown as Shared;
    allowManyListeners(context);
    if (!tidied) deleteWhatIsEmpty(context);
    tidied = true;
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
function allowManyListeners({ modifiedKeyEvents, channels, patternChannels }: Shared['context']): void {
  for (const emitter of [modifiedKeyEvents, channels, patternChannels]) {
    emitter.setMaxListeners(Number.POSITIVE_INFINITY);
  }
}

/** In Redis a key whose last member was taken out is gone; ioredis-mock keeps an empty sorted set or list (ZREM, LREM). */
function deleteWhatIsEmpty({ modifiedKeyEvents, data }: Shared['context']): void {
  const look = (key: string) => {
    const value = data.get(key);
    const empty = Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
    if (empty) data.delete(key);
  };
  // Not in the middle of the command: ZADD begins with an empty set. Its reply comes later than this.
  modifiedKeyEvents.on('modified', (key: string) => queueMicrotask(() => look(key)));
}
