/** The commands of the Redis console: those that only read, and the syntax of those that change something. */
import type { Redis } from 'ioredis';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';

/** A command that only reads. Names are without the namespace, which the connection adds. */
interface ReadCommand {
  /** Its syntax, for people. */
  usage: string;
  /** How many words follow the command's name. Default: the key only. */
  words?: [least: number, most: number];
  /** The type that the key must have; absent when any type is allowed. */
  type?: KeyValue['type'];
  /** The reply is a status, which redis-cli prints without quotes. */
  plain?: boolean;
  /** @throws SandboxError for a word that is wrong */
  check?: (words: string[]) => void;
  ask(redis: Redis, key: string, ...words: string[]): Promise<unknown>;
}

export const reads: Record<string, ReadCommand> = {
  GET: { usage: 'GET key', type: 'string', ask: (redis, key) => redis.get(key) },
  STRLEN: { usage: 'STRLEN key', type: 'string', ask: (redis, key) => redis.strlen(key) },
  TTL: { usage: 'TTL key', ask: (redis, key) => redis.ttl(key) },
  PTTL: { usage: 'PTTL key', ask: (redis, key) => redis.pttl(key) },
  TYPE: { usage: 'TYPE key', plain: true, ask: (redis, key) => redis.type(key) },
  EXISTS: { usage: 'EXISTS key [key …]', words: [1, 50], ask: (redis, ...keys) => redis.exists(...keys) },
  HGET: { usage: 'HGET key field', words: [2, 2], type: 'hash', ask: (redis, key, field) => redis.hget(key, field!) },
  HGETALL: { usage: 'HGETALL key', type: 'hash', ask: (redis, key) => redis.hgetall(key) },
  HLEN: { usage: 'HLEN key', type: 'hash', ask: (redis, key) => redis.hlen(key) },
  LLEN: { usage: 'LLEN key', type: 'list', ask: (redis, key) => redis.llen(key) },
  LRANGE: {
    usage: 'LRANGE key start stop',
    words: [3, 3],
    type: 'list',
    check: requireRange,
    ask: (redis, key, start, stop) => redis.lrange(key, Number(start), Number(stop)),
  },
  SCARD: { usage: 'SCARD key', type: 'set', ask: (redis, key) => redis.scard(key) },
  SMEMBERS: { usage: 'SMEMBERS key', type: 'set', ask: (redis, key) => redis.smembers(key) },
  ZCARD: { usage: 'ZCARD key', type: 'zset', ask: (redis, key) => redis.zcard(key) },
  ZRANGE: {
    usage: 'ZRANGE key start stop [WITHSCORES]',
    words: [3, 4],
    type: 'zset',
    check: requireRange,
    ask: (redis, key, start, stop, scores) =>
      scores === undefined
        ? redis.zrange(key, Number(start), Number(stop))
        : redis.zrange(key, Number(start), Number(stop), 'WITHSCORES'),
  },
};

function requireRange([, start, stop, scores]: string[]): void {
  whole(start);
  whole(stop);
  if (scores !== undefined && scores.toUpperCase() !== 'WITHSCORES')
    throw new SandboxError('not-allowed', 'Write ZRANGE key start stop [WITHSCORES].');
}

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
