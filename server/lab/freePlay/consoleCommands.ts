/** The commands of the Redis console: those that only read, and the syntax of those that change something. */
import type { Redis } from 'ioredis';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';

/** A command that only reads. Names are without the namespace, which the connection adds. */
export interface ReadCommand {
  /** Its syntax, for people. */
  usage: string;
  /** How many words follow the command's name. */
  words: [least: number, most: number];
  /** The type that the key must have; absent when any type is allowed. */
  type?: KeyValue['type'];
  /** Checks the words and returns a function that asks Redis. @throws SandboxError for a word that is wrong */
  run(words: string[]): (redis: Redis) => Promise<unknown>;
  /** The reply is a status, which redis-cli prints without quotes. */
  plain?: boolean;
}

const ofKey = (ask: (redis: Redis, key: string) => Promise<unknown>): Pick<ReadCommand, 'words' | 'run'> => ({
  words: [1, 1],
  run:
    ([key]) =>
    (redis) =>
      ask(redis, key!),
});

export const reads: Record<string, ReadCommand> = {
  GET: { usage: 'GET key', type: 'string', ...ofKey((redis, key) => redis.get(key)) },
  STRLEN: { usage: 'STRLEN key', type: 'string', ...ofKey((redis, key) => redis.strlen(key)) },
  TTL: { usage: 'TTL key', ...ofKey((redis, key) => redis.ttl(key)) },
  PTTL: { usage: 'PTTL key', ...ofKey((redis, key) => redis.pttl(key)) },
  TYPE: { usage: 'TYPE key', plain: true, ...ofKey((redis, key) => redis.type(key)) },
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
  HGETALL: { usage: 'HGETALL key', type: 'hash', ...ofKey((redis, key) => redis.hgetall(key)) },
  HLEN: { usage: 'HLEN key', type: 'hash', ...ofKey((redis, key) => redis.hlen(key)) },
  LLEN: { usage: 'LLEN key', type: 'list', ...ofKey((redis, key) => redis.llen(key)) },
  LRANGE: {
    usage: 'LRANGE key start stop',
    words: [3, 3],
    type: 'list',
    run: ([key, start, stop]) => {
      const [from, to] = [whole(start), whole(stop)];
      return (redis) => redis.lrange(key!, from, to);
    },
  },
  SCARD: { usage: 'SCARD key', type: 'set', ...ofKey((redis, key) => redis.scard(key)) },
  SMEMBERS: { usage: 'SMEMBERS key', type: 'set', ...ofKey((redis, key) => redis.smembers(key)) },
  ZCARD: { usage: 'ZCARD key', type: 'zset', ...ofKey((redis, key) => redis.zcard(key)) },
  ZRANGE: {
    usage: 'ZRANGE key start stop [WITHSCORES]',
    words: [3, 4],
    type: 'zset',
    run: ([key, start, stop, scores]) => {
      const [from, to] = [whole(start), whole(stop)];
      if (scores === undefined) return (redis) => redis.zrange(key!, from, to);
      if (scores.toUpperCase() !== 'WITHSCORES')
        throw new SandboxError('not-allowed', 'Write ZRANGE key start stop [WITHSCORES].');
      return (redis) => redis.zrange(key!, from, to, 'WITHSCORES');
    },
  },
};

/** The syntax of the commands that change something. */
export const writes: Record<string, string> = {
  SET: 'SET key value [EX seconds | PX milliseconds | KEEPTTL]',
  DEL: 'DEL key [key …]',
  EXPIRE: 'EXPIRE key seconds',
  PEXPIRE: 'PEXPIRE key milliseconds',
  PERSIST: 'PERSIST key',
};

/** Parses a whole number. @throws SandboxError for anything else, and for more than fifteen digits */
export function whole(text: string | undefined): number {
  if (text !== undefined && /^-?\d{1,15}$/.test(text)) return Number(text);
  throw new SandboxError('not-allowed', `"${text}" is not a whole number.`);
}
