/** Watches the Redis of an app from beside it: reads what changes, writes nothing, and changes no setting. */
import type { Redis } from 'ioredis';
import type { KeyValue } from '../../scenarios/engine/trace.ts';
import type { Recorder } from '../lab/recorder.ts';
import type { Clock } from '../lab/time/clock.ts';
import { connectTo } from '../redis/connection.ts';
import { RedisUnavailable } from '../redis/errors.ts';
import { BadRedisUrl, targetFromUrl } from '../redis/target.ts';
import { trackKeys } from '../redis/tracking.ts';
import { NetworkFailed, NotAllowed } from './errors.ts';

export interface RedisWatch {
  /** For people, without a password. */
  address: string;
  prefix: string;
  /** From now on, what changes is recorded there. */
  follow(recorder: Recorder, clock: Clock): Following;
  close(): void;
}

export interface Following {
  /** Resolves when all that the app has changed by now is recorded. */
  settled(): Promise<void>;
  end(): void;
}

/** How long to try to connect. Milliseconds. */
const patience = 3000;

/** More of a record than a session should have. Members of a list, a set or a hash. */
const mostMembers = 200;

/**
 * Connects to the Redis of the app.
 * @param prefix how the keys begin that are watched
 * @throws NotAllowed when the URL is malformed, NetworkFailed when Redis cannot be reached or does not tell what changes
 */
export async function watchRedis(url: string, prefix: string): Promise<RedisWatch> {
  const target = targetIn(url);
  const open = () => connectTo(target, '', patience);
  try {
    const reader = await open();
    const notices = await trackKeys(open, prefix);
    if (notices.untold !== null) {
      reader.disconnect();
      throw new NetworkFailed(`--redis-url: ${notices.untold}`);
    }
    return {
      address: target.address,
      prefix,
      follow: (recorder, clock) => follow(reader, { notices, prefix }, recorder, clock),
      close() {
        notices.close();
        reader.disconnect();
      },
    };
  } catch (error) {
    throw error instanceof RedisUnavailable ? new NetworkFailed(`--redis-url: ${error.message}`) : error;
  }
}

function targetIn(url: string) {
  try {
    return targetFromUrl(url);
  } catch (error) {
    throw error instanceof BadRedisUrl ? new NotAllowed(error.message.replaceAll('REDIS_URL', '--redis-url')) : error;
  }
}

function follow(
  reader: Redis,
  { notices, prefix }: { notices: Awaited<ReturnType<typeof trackKeys>>; prefix: string },
  recorder: Recorder,
  clock: Clock,
): Following {
  /** The keys that were seen, each with its value as JSON. */
  const seen = new Map<string, string>();
  let reading: Promise<unknown> = Promise.resolve();

  async function look(key: string): Promise<void> {
    const [value, ttl] = await Promise.all([readKey(reader, key), reader.pttl(key)]);
    const text = JSON.stringify(value);
    const known = seen.get(key);
    if (value === null) {
      // What was there before this probe began is none of its own.
      if (known === undefined) return;
      seen.delete(key);
      record(key, 'deleted', null, null);
      return;
    }
    seen.set(key, text);
    record(key, known === text ? 'ttl' : 'set', value, ttl >= 0 ? clock.now() + ttl : null);
  }

  const record = (key: string, change: 'set' | 'ttl' | 'deleted', value: KeyValue | null, expiresAt: number | null) =>
    recorder.record({ type: 'key', key, change, value, expiresAt, cause: { by: 'outside' } });

  const end = notices.listen(prefix, (names) => {
    for (const name of names ?? []) reading = reading.then(() => look(name)).catch(() => {});
  });
  return {
    async settled() {
      await notices.arrived().catch(() => {});
      await reading;
    },
    end,
  };
}

/** Reads a key of any type. null: it does not exist, or is of a type that holds no session. */
async function readKey(redis: Redis, key: string): Promise<KeyValue | null> {
  const type = await redis.type(key);
  switch (type) {
    case 'string': {
      const data = await redis.get(key);
      return data === null ? null : { type, data };
    }
    case 'hash':
      return { type, data: await redis.hgetall(key) };
    case 'list':
      return { type, data: await redis.lrange(key, 0, mostMembers) };
    case 'set':
      return { type, data: (await redis.smembers(key)).slice(0, mostMembers) };
    case 'zset': {
      const flat = await redis.zrange(key, 0, mostMembers, 'WITHSCORES');
      return { type, data: flat.flatMap((member, at) => (at % 2 === 0 ? [[member, Number(flat[at + 1])]] : [])) };
    }
    default:
      return null;
  }
}
