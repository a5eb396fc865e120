import { randomUUID } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import type { Redis } from 'ioredis';
import RedisMock from 'ioredis-mock';
import { createNoticeBoard, type KeyNotices } from './notices.ts';

/** A Redis in this process: one data set and any number of connections. */
export interface MockRedis {
  /** Returns a ready connection that adds the prefix to every key. The caller ends it with `disconnect()`. */
  connect(keyPrefix: string): Promise<Redis>;
  readonly notices: KeyNotices;
  /** Ends all connections and deletes the data. */
  close(): Promise<void>;
}

/** What the connections to one host share in ioredis-mock 8.13. Its types leave it out. */
interface Shared {
  context: {
    /** Emits 'modified' with the whole key, in the same tick as the command. */
    modifiedKeyEvents: EventEmitter;
    channels: EventEmitter;
    patternChannels: EventEmitter;
    data: { get(key: string): unknown; delete(key: string): void };
    expires: Expires;
  };
}

interface Expires {
  set(key: string, at: number): void;
  delete(key: string): void;
}

/** Creates an empty mock Redis. Several in one process do not see each other's keys. */
export function createMockRedis(): MockRedis {
  // ioredis-mock keeps one data set for each host, port and database, as long as the process runs.
  const host = `mock-${randomUUID()}`;
  const open = new Set<Redis>();
  const board = createNoticeBoard();
  // A connection makes what all of them share, and each keeps what it finds when it is made.
  const { context } = new RedisMock({ host, lazyConnect: true }) as unknown as Shared;
  allowManyListeners(context);
  tellOfLifetimes(context);
  deleteEmptyKeys(context);
  context.modifiedKeyEvents.on('modified', (key: string) => board.tell([key]));

  async function connect(keyPrefix: string): Promise<Redis> {
    const client = new RedisMock({ host, keyPrefix });
    // The types of ioredis promise numbers, but Redis sends strings.
    client.time = clockOf as unknown as Redis['time'];
    open.add(client);
    client.once('end', () => open.delete(client));
    await once(client, 'ready');
    return client;
  }

  return {
    connect,
    notices: { untold: null, arrived: async () => {}, listen: board.listen },
    async close() {
      const last = await connect('');
      await last.flushall();
      for (const client of open) client.disconnect();
    },
  };
}

/** Every mock connection listens to the shared data for WATCH, and Node warns of a leak at the eleventh listener. */
function allowManyListeners({ modifiedKeyEvents, channels, patternChannels }: Shared['context']): void {
  for (const emitter of [modifiedKeyEvents, channels, patternChannels]) {
    emitter.setMaxListeners(Number.POSITIVE_INFINITY);
  }
}

/** A key with another time to live has changed: WATCH notices it in Redis. ioredis-mock does not tell. */
function tellOfLifetimes(context: Shared['context']): void {
  const { expires, modifiedKeyEvents } = context;
  const telling = (key: string) => void modifiedKeyEvents.emit('modified', key);
  context.expires = {
    ...expires,
    set(key, at) {
      expires.set(key, at);
      telling(key);
    },
    delete(key) {
      expires.delete(key);
      telling(key);
    },
  };
}

/** TIME. ioredis-mock rounds the seconds up, and counts the microseconds from another moment, so that its clock goes back. */
async function clockOf(callback?: (error: null, reply: [string, string]) => void): Promise<[string, string]> {
  const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const seconds = Math.floor(microseconds / 1_000_000);
  const reply: [string, string] = [`${seconds}`, `${microseconds - seconds * 1_000_000}`];
  callback?.(null, reply);
  return reply;
}

/** Redis deletes a key together with its last member. ioredis-mock keeps an empty sorted set or list after ZREM and LREM. */
function deleteEmptyKeys({ modifiedKeyEvents, data }: Shared['context']): void {
  const deleteIfEmpty = (key: string) => {
    const value = data.get(key);
    const empty = Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
    if (empty) data.delete(key);
  };
  // After the command, because ZADD begins with an empty set, but before its reply.
  modifiedKeyEvents.on('modified', (key: string) => queueMicrotask(() => deleteIfEmpty(key)));
}
