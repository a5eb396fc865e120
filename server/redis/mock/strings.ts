import { bigInteger, float, inRange, integer, wrongNumber } from './arguments.ts';
import type { Commands } from './command.ts';
import type { Database } from './database.ts';
import { momentOf, parseOptions } from './lifetimes.ts';
import { CommandError, ok } from './protocol.ts';

const textAt = (database: Database, key: string) => database.find(key, 'string')?.text;

const put = (database: Database, key: string, text: string) => database.replace(key, { type: 'string', text });

/** Changes the text and keeps the time to live. */
function change(database: Database, key: string, text: string): string {
  database.keep(key, { type: 'string', text });
  return text;
}

function add(database: Database, key: string, amount: bigint): bigint {
  const sum = bigInteger(textAt(database, key) ?? '0') + amount;
  if (!inRange(sum)) throw new CommandError('ERR increment or decrement would overflow');
  change(database, key, String(sum));
  return sum;
}

/** SETEX and PSETEX: the time to live stands before the value. */
const setWith =
  (unit: 'EX' | 'PX', name: string) =>
  (database: Database, [key = '', amount, text = '']: string[]) => {
    const at = momentOf(unit, amount, name);
    put(database, key, text);
    database.expireAt(key, at);
    return ok;
  };

function pairs(name: string, words: string[]): [key: string, text: string][] {
  if (words.length % 2 !== 0) throw wrongNumber(name);
  return Array.from({ length: words.length / 2 }, (_, index) => [words[index * 2]!, words[index * 2 + 1]!]);
}

/** The longest text of Redis: 512 MB. */
const longest = 512 * 1024 * 1024;

export const strings: Commands = {
  get: (database, [key = '']) => textAt(database, key) ?? null,

  set(database, [key = '', text = '', ...words]) {
    const { flags, lifetime } = parseOptions('set', words);
    const lives = lifetime();
    const before = flags.has('GET') ? (textAt(database, key) ?? null) : undefined;
    const exists = database.has(key);
    if (flags.has('NX') ? exists : flags.has('XX') && !exists) return before ?? null;
    if (lives === 'keep') database.keep(key, { type: 'string', text });
    else put(database, key, text);
    if (typeof lives === 'object') database.expireAt(key, lives.at);
    return before === undefined ? ok : before;
  },

  setex: setWith('EX', 'setex'),
  psetex: setWith('PX', 'psetex'),

  setnx(database, [key = '', text = '']) {
    if (database.has(key)) return 0;
    put(database, key, text);
    return 1;
  },

  getset(database, [key = '', text = '']) {
    const before = textAt(database, key) ?? null;
    put(database, key, text);
    return before;
  },

  getdel(database, [key = '']) {
    const text = textAt(database, key) ?? null;
    database.remove(key);
    return text;
  },

  getex(database, [key = '', ...words]) {
    const { lifetime } = parseOptions('getex', words);
    const text = textAt(database, key);
    if (text === undefined) return null;
    const lives = lifetime();
    if (typeof lives === 'object') database.expireAt(key, lives.at);
    if (lives === 'none' && database.expiresAt(key) !== null) database.expireAt(key, null);
    return text;
  },

  mget: (database, keys) =>
    keys.map((key) => {
      const value = database.value(key);
      return value?.type === 'string' ? value.text : null;
    }),

  mset(database, words) {
    for (const [key, text] of pairs('mset', words)) put(database, key, text);
    return ok;
  },

  msetnx(database, words) {
    const all = pairs('msetnx', words);
    if (all.some(([key]) => database.has(key))) return 0;
    for (const [key, text] of all) put(database, key, text);
    return 1;
  },

  append: (database, [key = '', text = '']) => change(database, key, (textAt(database, key) ?? '') + text).length,

  strlen: (database, [key = '']) => (textAt(database, key) ?? '').length,

  incr: (database, [key = '']) => add(database, key, 1n),
  decr: (database, [key = '']) => add(database, key, -1n),
  incrby: (database, [key = '', amount]) => add(database, key, bigInteger(amount)),
  decrby(database, [key = '', amount]) {
    const given = bigInteger(amount);
    if (!inRange(-given)) throw new CommandError('ERR decrement would overflow');
    return add(database, key, -given);
  },

  incrbyfloat(database, [key = '', amount]) {
    const before = float(textAt(database, key) ?? '0');
    const sum = addFloats(before, float(amount));
    return change(database, key, sum);
  },

  getrange(database, [key = '', first, last]) {
    const [start, stop] = [integer(first), integer(last)];
    const text = textAt(database, key) ?? '';
    if (start < 0 && stop < 0 && start > stop) return '';
    const from = Math.max(start < 0 ? text.length + start : start, 0);
    const to = Math.max(stop < 0 ? text.length + stop : stop, 0);
    return from > to ? '' : text.slice(from, to + 1);
  },

  setrange(database, [key = '', start, text = '']) {
    const offset = integer(start);
    if (offset < 0) throw new CommandError('ERR offset is out of range');
    const before = textAt(database, key) ?? '';
    if (text === '') return before.length;
    if (offset + text.length > longest)
      throw new CommandError('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
    const padded = before.padEnd(offset, '\0');
    return change(database, key, padded.slice(0, offset) + text + padded.slice(offset + text.length)).length;
  },
};

/** The sum as Redis writes it: with 17 significant digits, without zeros at the end. @throws CommandError */
export function addFloats(one: number, other: number): string {
  const sum = one + other;
  if (!Number.isFinite(sum)) throw new CommandError('ERR increment would produce NaN or Infinity');
  // Redis adds with more digits than a JavaScript number has: 0.1 + 0.2 is 0.3 there.
  return plain(Number(sum.toPrecision(15)));
}

/** Without an exponent. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 17 }) : text;
}
