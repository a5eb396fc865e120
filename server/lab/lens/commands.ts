/** What the lens knows about Redis commands: the keys they touch, the replies they get, and how a key of each type is read. */
import { exists, hasFlag } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import type { Sent } from './sending.ts';
import { NotExecuted } from './transactions.ts';

/** One Redis command as it is sent. */
export interface Call {
  /** Lower case. */
  name: string;
  /** Flat; keys with their namespace. */
  args: string[];
  /** The keys among the arguments, with their namespace. */
  keys: string[];
  /** Whether it may change a key. */
  writes: boolean;
  /** Whether it may wait without end for another client, as BLPOP does. */
  blocks: boolean;
  /** Whether it deletes every key of the namespace. */
  flushes: boolean;
}

/** Describes a command as ioredis sends it. @param shown what the app called, if something else was sent */
export function describeCall(command: Sent, shown: { name: string; args: Sent['args'] } = command): Call {
  const name = shown.name.toLowerCase();
  return {
    name,
    args: shown.args.map(String),
    keys: (command.keys ?? []).map(String),
    writes: exists(name) && !hasFlag(name, 'readonly'),
    blocks: blocks(command),
    flushes: name === 'flushdb' || name === 'flushall',
  };
}

/** Whether a command waits until another client adds something: BLPOP and similar commands, and XREAD with BLOCK. */
export function blocks({ name, args }: Pick<Sent, 'name' | 'args'>): boolean {
  const lower = name.toLowerCase();
  if (lower === 'xread' || lower === 'xreadgroup') return args.some((arg) => String(arg).toUpperCase() === 'BLOCK');
  return exists(lower) && hasFlag(lower, 'blocking');
}

/** Whether the command changes only a key's time to live. */
export const setsLifetimeOnly = (name: string) => /^(p?expire(at)?|persist|touch)$/.test(name);

/**
 * Returns the time to live that EXPIRE or PEXPIRE gives a key if it replies 1. If it replies 0, the key does not exist. Milliseconds.
 * Null for any other command, and where the reply alone does not tell: with a condition such as NX, or a time that is not positive.
 */
export function lifetimeGiven({ name, args }: Pick<Call, 'name' | 'args'>): number | null {
  if ((name !== 'expire' && name !== 'pexpire') || args.length !== 2 || !/^[1-9]\d{0,11}$/.test(args[1]!)) return null;
  return Number(args[1]) * (name === 'expire' ? 1000 : 1);
}

/** Whether the command replaces the whole value, so that even an equal value is a new one. */
export const setsWhole = (name: string) => /^(set|p?setex)$/.test(name);

/** The type of a key after a write command that succeeded; undefined where the name does not determine it (`del`, `eval`, `rename`). */
export function typeWrittenBy(name: string): KeyValue['type'] | undefined {
  if (/^(set|setex|psetex|setnx|mset|getset|getex|append|setrange|(incr|decr)(by|byfloat)?)$/.test(name))
    return 'string';
  if (/^h(set|setnx|mset|del|incrby|incrbyfloat)$/.test(name)) return 'hash';
  if (/^s(add|rem|pop|move)$/.test(name)) return 'set';
  if (/^z(add|rem|incrby|popmin|popmax|rem.*)$/.test(name)) return 'zset';
  if (/^[lr](push|pushx|pop|set|trim|insert|rem)$/.test(name)) return 'list';
  return undefined;
}

/** Returns, as a sentence, why a write command has written nothing; null if its reply already says so. */
export function whyNothing({ name, args }: Call, reply: unknown): string | null {
  if (reply instanceof NotExecuted) return reply.why;
  if (reply !== null) return null;
  if (name === 'exec') return 'EXEC executed nothing: a key of WATCH had changed.';
  if (name !== 'set') return null;
  const options = args.slice(2).map((arg) => arg.toUpperCase());
  if (options.includes('GET')) return null;
  if (options.includes('NX')) return 'Not set: with NX, SET only sets a key that does not exist, and this one does.';
  if (options.includes('XX')) return 'Not set: with XX, SET only sets a key that exists, and this one does not.';
  return null;
}

/** Formats a reply as redis-cli prints it, so that the panel can be compared with a terminal. */
export function renderReply(reply: unknown): string {
  if (reply === null || reply === undefined || reply instanceof NotExecuted) return '(nil)';
  if (typeof reply === 'number') return `(integer) ${reply}`;
  if (reply instanceof Error) return `(error) ${reply.message}`;
  if (Array.isArray(reply)) return reply.length === 0 ? '(empty array)' : renderItems(reply);
  if (typeof reply === 'object') return renderReply(Object.entries(reply).flat());
  const text = String(reply);
  return text === 'OK' ? text : JSON.stringify(text);
}

/** Numbers are right-aligned. The further lines of an item are indented. */
function renderItems(items: unknown[]): string {
  const width = String(items.length).length;
  const indent = ' '.repeat(width + 2);
  return items
    .map((item, index) => `${String(index + 1).padStart(width)}) ${renderReply(item).replaceAll('\n', `\n${indent}`)}`)
    .join('\n');
}

/** Whether the trace shows keys of this type. Session apps do not use streams, so they are left out. */
export function isValueType(type: string): type is KeyValue['type'] {
  return ['string', 'hash', 'set', 'zset', 'list'].includes(type);
}

/**
 * Reads a key of a known type.
 * @returns null if the key does not exist
 * @throws ReplyError WRONGTYPE if the key has another type by now
 */
export async function readValue(redis: Redis, name: string, type: KeyValue['type']): Promise<KeyValue | null> {
  switch (type) {
    case 'string': {
      const data = await redis.get(name);
      return data === null ? null : { type, data: shortened(data) };
    }
    case 'hash': {
      const data = await redis.hgetall(name);
      return Object.keys(data).length === 0 ? null : { type, data };
    }
    case 'set':
      return unlessEmpty(type, (await redis.smembers(name)).sort());
    case 'list':
      return unlessEmpty(type, await redis.lrange(name, 0, -1));
    case 'zset': {
      const flat = await redis.zrange(name, 0, -1, 'WITHSCORES');
      const data = flat.flatMap((member, index): [string, number][] =>
        index % 2 === 0 ? [[member, Number(flat[index + 1])]] : [],
      );
      return data.length === 0 ? null : { type, data };
    }
  }
}

const unlessEmpty = (type: 'set' | 'list', data: string[]): KeyValue | null =>
  data.length === 0 ? null : { type, data };

/** Longer values are cut in the trace. A session record is a few hundred bytes. Characters. */
const longestValue = 64 * 1024;

const shortened = (text: string) =>
  text.length > longestValue ? `${text.slice(0, longestValue)}… (${text.length} characters)` : text;
