import type { Redis } from 'ioredis';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import type { Clock } from '../time/clock.ts';
import { type Call, isValueType, lifetimeGiven, readValue, setsLifetimeOnly, typeWrittenBy } from './commands.ts';
import type { KeyReading, KnownKeys } from './knownKeys.ts';

/**
 * Reads single keys from Redis, with as few commands as possible: every request with a session sends an EXPIRE, and reading the
 * whole record behind each of them would double the work of Redis.
 *
 * @param redis adds the namespace to the names
 */
export function createKeyReader(redis: Redis, clock: Clock, known: KnownKeys) {
  /** @param sent when the command was sent. Redis executed it about halfway between then and now. Sandbox milliseconds. */
  const expiryOf = (ttl: number, sent: number): Pick<KeyReading, 'expiresAt' | 'within'> => {
    const within = (clock.now() - sent) / 2;
    return { expiresAt: ttl === -1 ? null : sent + within + ttl, within };
  };

  /**
   * Reads value and time to live.
   *
   * @param type the type that the key has by now; undefined: Redis is asked for it
   * @returns null if the key does not exist
   */
  async function read(name: string, type: KeyValue['type'] | undefined): Promise<KeyReading | null> {
    try {
      if (type === undefined) {
        const found = await redis.type(name);
        if (!isValueType(found)) return null;
        type = found;
      }
      const [sent, agedBy] = [clock.now(), known.agedBy()];
      // Sent in one tick, so they run together: after a write of the app they see what that write left.
      const [ttl, value] = await Promise.all([redis.pttl(name), readValue(redis, name, type)]);
      return value === null || ttl === -2 ? null : { value, ...expiryOf(ttl, sent), agedBy };
    } catch (error) {
      // Somebody replaced the key by one of another type.
      if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return read(name, undefined);
      throw error;
    }
  }

  /** Reads the time to live. The value is the one that is known when `earlier` resolves. */
  async function readLifetime(name: string, earlier: Promise<void>): Promise<KeyReading | null> {
    const sent = clock.now();
    const ttl = await redis.pttl(name);
    return ttl === -2 ? null : withLifetime(name, expiryOf(ttl, sent), earlier);
  }

  /** As `readLifetime`, but asks Redis only if the reply to EXPIRE leaves it open whether the key has got its `ms`. */
  async function lifetimeOfReply(
    name: string,
    ms: number,
    reply: Promise<unknown>,
    earlier: Promise<void>,
  ): Promise<KeyReading | null> {
    const sent = clock.now();
    const said = await reply.catch(() => undefined);
    if (said === 0) return null;
    return said === 1 ? withLifetime(name, expiryOf(ms, sent), earlier) : readLifetime(name, earlier);
  }

  async function withLifetime(
    name: string,
    lifetime: ReturnType<typeof expiryOf>,
    earlier: Promise<void>,
  ): Promise<KeyReading | null> {
    await earlier;
    const value = known.valueOf(name);
    return value ? { value, ...lifetime, agedBy: known.agedBy() } : read(name, undefined);
  }

  return {
    read,

    /**
     * Reads a key that a command has just written. To be called in the tick in which the command was issued.
     *
     * @param earlier resolves when every command before this one is reported, so that the value is known
     */
    readAfter(call: Call, name: string, reply: Promise<unknown>, earlier: Promise<void>): Promise<KeyReading | null> {
      if (!setsLifetimeOnly(call.name) || known.valueOf(name) === undefined)
        return read(name, typeWrittenBy(call.name) ?? known.typeOf(name));
      const ms = lifetimeGiven(call);
      return ms === null ? readLifetime(name, earlier) : lifetimeOfReply(name, ms, reply, earlier);
    },
  };
}
