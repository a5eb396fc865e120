/** The commands of the console that only look, and how those are written that change something. */
import type { Redis } from 'ioredis';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { RefusedByHand } from './refusedByHand.ts';

/** Names are without the namespace, which the connection adds. */
export interface Command {
  /** As it is typed, for people. */
  usage: string;
  /** How many words come after its name. */
  words: [least: number, most: number];
  /** What its first word must be, where that is a key of one type. */
  type?: KeyValue['type'];
  /** Reads the words, which may be wrong, and gives back what then asks Redis. */
  run(words: string[]): (redis: Redis) => Promise<unknown>;
  /** The reply is a word of the server's and not data: redis-cli prints it without quotes. */
  plain?: boolean;
}

const one: Command['words'] = [1, 1];

/** What only looks. */
export const reads: Record<string, Command> = {
  GET: {
    usage: 'GET key',
    words: one,
    type: 'string',
    run:
      ([key]) =>
      (redis) =>
        redis.get(key!),
  },
  STRLEN: {
    usage: 'STRLEN key',
    words: one,
    type: 'string',
    run:
      ([key]) =>
      (redis) =>
        redis.strlen(key!),
  },
  TTL: {
    usage: 'TTL key',
    words: one,
    run:
      ([key]) =>
      (redis) =>
        redis.ttl(key!),
  },
  PTTL: {
    usage: 'PTTL key',
    words: one,
    run:
      ([key]) =>
      (redis) =>
        redis.pttl(key!),
  },
  TYPE: {
    usage: 'TYPE key',
    words: one,
    run:
      ([key]) =>
      (redis) =>
        redis.type(key!),
    plain: true,
  },
  EXISTS: { usage: 'EXISTS key [key …]', words: [1, 50], run: (keys) => (redis) => redis.exists(...keys) },
  HGET: {
    usage: 'HGET key field',
    words: [2, 2],
    type: 'hash',
    run:
      ([key, field]) =>
      (redis) =>
        redis.hget(key!, field!),
  },
  HGETALL: {
    usage: 'HGETALL key',
    words: one,
    type: 'hash',
    run:
      ([key]) =>
      (redis) =>
        redis.hgetall(key!),
  },
  HLEN: {
    usage: 'HLEN key',
    words: one,
    type: 'hash',
    run:
      ([key]) =>
      (redis) =>
        redis.hlen(key!),
  },
  LLEN: {
    usage: 'LLEN key',
    words: one,
    type: 'list',
    run:
      ([key]) =>
      (redis) =>
        redis.llen(key!),
  },
  LRANGE: {
    usage: 'LRANGE key start stop',
    words: [3, 3],
    type: 'list',
    run: ([key, start, stop]) => {
      const [from, to] = [whole(start), whole(stop)];
      return (redis) => redis.lrange(key!, from, to);
    },
  },
  SCARD: {
    usage: 'SCARD key',
    words: one,
    type: 'set',
    run:
      ([key]) =>
      (redis) =>
        redis.scard(key!),
  },
  SMEMBERS: {
    usage: 'SMEMBERS key',
    words: one,
    type: 'set',
    run:
      ([key]) =>
      (redis) =>
        redis.smembers(key!),
  },
  ZCARD: {
    usage: 'ZCARD key',
    words: one,
    type: 'zset',
    run:
      ([key]) =>
      (redis) =>
        redis.zcard(key!),
  },
  ZRANGE: {
    usage: 'ZRANGE key start stop [WITHSCORES]',
    words: [3, 4],
    type: 'zset',
    run: ([key, start, stop, scores]) => {
      const [from, to] = [whole(start), whole(stop)];
      if (scores === undefined) return (redis) => redis.zrange(key!, from, to);
      if (scores.toUpperCase() !== 'WITHSCORES')
        throw new RefusedByHand('not-allowed', 'Write ZRANGE key start stop [WITHSCORES].');
      return (redis) => redis.zrange(key!, from, to, 'WITHSCORES');
    },
  },
};

/** How people write what changes something; `change.ts` says what it means. */
export const writes: Record<string, string> = {
  SET: 'SET key value [EX seconds | PX milliseconds | KEEPTTL]',
  DEL: 'DEL key [key …]',
  EXPIRE: 'EXPIRE key seconds',
  PEXPIRE: 'PEXPIRE key milliseconds',
  PERSIST: 'PERSIST key',
};

/** @throws RefusedByHand for what is no whole number of at most fifteen digits */
export function whole(text: string | undefined): number {
  if (text !== undefined && /^-?\d{1,15}$/.test(text)) return Number(text);
  throw new RefusedByHand('not-allowed', `"${text}" is not a whole number.`);
}
