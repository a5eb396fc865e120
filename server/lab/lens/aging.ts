import type { Redis } from 'ioredis';
import { olderRecord } from '../../../scenarios/engine/older.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';

/**
 * Makes session records older: KEYS, then in ARGV the values that they have, those that they get, and a number of milliseconds.
 * A script, because the app may write a record at the same moment, and what it wrote must stay.
 */
const replaceRecords = `
  local count = #KEYS
  for at, key in ipairs(KEYS) do
    local left = redis.call('PTTL', key)
    if left >= 0 then
      left = math.max(1, left - tonumber(ARGV[2 * count + 1]))
      redis.call('PEXPIRE', key, left)
    end
    if redis.call('GET', key) == ARGV[at] then
      if left >= 0 then redis.call('SET', key, ARGV[count + at], 'PX', left)
      else redis.call('SET', key, ARGV[count + at]) end
    end
  end
`;

/** How many records one script makes older. */
const mostAtOnce = 500;

/**
 * Makes keys `ms` older: they lose time to live, and `cookie.expires` in a session record becomes earlier, because
 * connect-redis compares it with the machine's clock. A key that is due then keeps one millisecond, so that Redis itself expires it.
 *
 * @param values of the keys, by name
 * @returns the values that change, by name, and when it is done. The commands are sent before it returns.
 */
export function makeOlder(redis: Redis, values: ReadonlyMap<string, KeyValue>, ms: number) {
  const changed = new Map<string, KeyValue>();
  const data: [name: string, before: string, after: string][] = [];
  const aged: Promise<unknown>[] = [];
  for (const [name, value] of values) {
    const older = value.type === 'string' ? olderRecord(value.data, ms) : null;
    if (value.type === 'string' && older !== null && older !== value.data) {
      changed.set(name, { ...value, data: older });
      data.push([name, value.data, older]);
    } else {
      aged.push(shorten(redis, name, ms));
    }
  }
  // One script for many: on the mock, each takes milliseconds.
  for (let from = 0; from < data.length; from += mostAtOnce) {
    const some = data.slice(from, from + mostAtOnce);
    const [names, before, after] = ([0, 1, 2] as const).map((column) => some.map((row) => row[column]));
    aged.push(redis.eval(replaceRecords, some.length, ...names!, ...before!, ...after!, Math.ceil(ms)));
  }
  return { changed, done: Promise.all(aged) };
}

async function shorten(redis: Redis, name: string, ms: number): Promise<void> {
  const ttl = await redis.pttl(name);
  if (ttl >= 0) await redis.pexpire(name, Math.max(1, ttl - ms));
}
