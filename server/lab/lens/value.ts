import type { Redis } from 'ioredis';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';

/** Longer values are cut in the trace; a session record is a few hundred bytes. */
const longest = 64 * 1024;

/** Read a key of a known type; null when it is not there. @throws ReplyError WRONGTYPE when it has another type by now. */
export async function readValue(redis: Redis, name: string, type: KeyValue['type']): Promise<KeyValue | null> {
  switch (type) {
    case 'string': {
      const data = await redis.get(name);
      return data === null ? null : { type, data: cut(data) };
    }
    case 'hash': {
      const data = await redis.hgetall(name);
      return Object.keys(data).length === 0 ? null : { type, data };
    }
    case 'set':
      return some(type, (await redis.smembers(name)).sort());
    case 'list':
      return some(type, await redis.lrange(name, 0, -1));
    case 'zset': {
      const flat = await redis.zrange(name, 0, -1, 'WITHSCORES');
      const data = flat.flatMap((member, index): [string, number][] =>
        index % 2 === 0 ? [[member, Number(flat[index + 1])]] : [],
      );
      return data.length === 0 ? null : { type, data };
    }
  }
}

export function isValueType(type: string): type is KeyValue['type'] {
  return ['string', 'hash', 'set', 'zset', 'list'].includes(type);
}

const some = (type: 'set' | 'list', data: string[]): KeyValue | null => (data.length === 0 ? null : { type, data });

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text);
