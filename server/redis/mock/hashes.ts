import { bigInteger, float, inRange, integer, syntaxError, wrongNumber } from './arguments.ts';
import type { Commands } from './command.ts';
import type { Database } from './database.ts';
import { CommandError, ok } from './protocol.ts';
import { scanned } from './scan.ts';
import { addFloats } from './strings.ts';

const fieldsOf = (database: Database, key: string) => database.find(key, 'hash')?.fields ?? new Map<string, string>();

const keep = (database: Database, key: string, fields: Map<string, string>) =>
  database.keep(key, { type: 'hash', fields });

/** Returns how many fields are new. */
function setFields(database: Database, name: string, [key = '', ...words]: string[]): number {
  if (words.length % 2 !== 0) throw wrongNumber(name);
  const fields = fieldsOf(database, key);
  const before = fields.size;
  for (let index = 0; index < words.length; index += 2) fields.set(words[index]!, words[index + 1]!);
  keep(database, key, fields);
  return fields.size - before;
}

export const hashes: Commands = {
  hset: (database, args) => setFields(database, 'hset', args),
  hmset(database, args) {
    setFields(database, 'hmset', args);
    return ok;
  },

  hsetnx(database, [key = '', field = '', text = '']) {
    const fields = fieldsOf(database, key);
    if (fields.has(field)) return 0;
    keep(database, key, fields.set(field, text));
    return 1;
  },

  hget: (database, [key = '', field = '']) => fieldsOf(database, key).get(field) ?? null,
  hmget(database, [key = '', ...names]) {
    const fields = fieldsOf(database, key);
    return names.map((name) => fields.get(name) ?? null);
  },
  hgetall: (database, [key = '']) => [...fieldsOf(database, key)].flat(),
  hkeys: (database, [key = '']) => [...fieldsOf(database, key).keys()],
  hvals: (database, [key = '']) => [...fieldsOf(database, key).values()],
  hlen: (database, [key = '']) => fieldsOf(database, key).size,
  hexists: (database, [key = '', field = '']) => (fieldsOf(database, key).has(field) ? 1 : 0),
  hstrlen: (database, [key = '', field = '']) => (fieldsOf(database, key).get(field) ?? '').length,

  hdel(database, [key = '', ...names]) {
    const fields = fieldsOf(database, key);
    const deleted = names.filter((name) => fields.delete(name)).length;
    if (deleted > 0) keep(database, key, fields);
    return deleted;
  },

  hincrby(database, [key = '', field = '', amount]) {
    const given = bigInteger(amount);
    const fields = fieldsOf(database, key);
    const sum = bigInteger(fields.get(field) ?? '0', 'ERR hash value is not an integer') + given;
    if (!inRange(sum)) throw new CommandError('ERR increment or decrement would overflow');
    keep(database, key, fields.set(field, String(sum)));
    return sum;
  },

  hincrbyfloat(database, [key = '', field = '', amount]) {
    const given = float(amount);
    const fields = fieldsOf(database, key);
    const sum = addFloats(float(fields.get(field) ?? '0', 'ERR hash value is not a float'), given);
    keep(database, key, fields.set(field, sum));
    return sum;
  },

  hrandfield(database, [key = '', count, withValues, ...more]) {
    const all = [...fieldsOf(database, key)];
    if (count === undefined) return all[Math.floor(Math.random() * all.length)]?.[0] ?? null;
    const wanted = integer(count);
    if (more.length > 0 || (withValues !== undefined && withValues.toUpperCase() !== 'WITHVALUES')) throw syntaxError();
    return sample(all, wanted).flatMap(([field, text]) => (withValues === undefined ? [field] : [field, text]));
  },

  hscan: (database, [key = '', ...words]) =>
    scanned(
      words,
      () => [...fieldsOf(database, key)],
      (each) => each,
    ),
};

/** @param count at most that many different ones; if negative, exactly that many, some more than once */
export function sample<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length === 0) return [];
  if (count < 0) return Array.from({ length: -count }, () => items[Math.floor(Math.random() * items.length)]!);
  const left = [...items];
  return Array.from(
    { length: Math.min(count, items.length) },
    () => left.splice(Math.floor(Math.random() * left.length), 1)[0]!,
  );
}
