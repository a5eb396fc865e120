import { integer, syntaxError } from './arguments.ts';
import type { Commands } from './command.ts';
import type { Database, Value } from './database.ts';
import { CommandError, ok } from './protocol.ts';
import { globMatcher, scanned } from './scan.ts';

const noSuchKey = () => new CommandError('ERR no such key');

function rename(database: Database, from: string, to: string): void {
  const value = database.value(from);
  if (value === undefined) throw noSuchKey();
  if (from === to) return;
  const expires = database.expiresAt(from);
  database.remove(from);
  database.replace(to, value);
  if (expires !== null) database.expireAt(to, expires);
}

const removeAll = (database: Database, keys: string[]) => keys.filter((key) => database.remove(key)).length;

function removeEverything(database: Database, words: string[]) {
  if (words.length > 1 || (words[0] !== undefined && !/^(a?sync)$/i.test(words[0]))) throw syntaxError();
  removeAll(database, database.keys());
  return ok;
}

export const keys: Commands = {
  del: removeAll,
  unlink: removeAll,
  exists: (database, names) => names.filter((key) => database.has(key)).length,
  touch: (database, names) => names.filter((key) => database.has(key)).length,
  type: (database, [key = '']) => ({ status: database.value(key)?.type ?? 'none' }),

  rename(database, [from = '', to = '']) {
    rename(database, from, to);
    return ok;
  },
  renamenx(database, [from = '', to = '']) {
    if (!database.has(from)) throw noSuchKey();
    if (database.has(to)) return 0;
    rename(database, from, to);
    return 1;
  },

  copy(database, [from = '', to = '', ...words]) {
    const replaces = words.some((word) => word.toUpperCase() === 'REPLACE');
    if (words.some((word, index) => word.toUpperCase() === 'DB' && integer(words[index + 1]) !== 0))
      throw new CommandError('ERR The mock has one database; switch to a real Redis.');
    if (words.some((word) => !/^(replace|db|0)$/i.test(word))) throw syntaxError();
    if (from === to) throw new CommandError('ERR source and destination objects are the same');
    const value = database.value(from);
    if (value === undefined || (database.has(to) && !replaces)) return 0;
    database.replace(to, clone(value));
    const expires = database.expiresAt(from);
    if (expires !== null) database.expireAt(to, expires);
    return 1;
  },

  keys: (database, [pattern = '']) => database.keys().filter(globMatcher(pattern)),
  scan: (database, words) =>
    scanned(
      words,
      () => database.keys().map((key) => [key]),
      ([key]) => [key],
      (key, type) => database.value(key)?.type === type,
    ),
  dbsize: (database) => database.keys().length,
  randomkey(database) {
    const all = database.keys();
    return all[Math.floor(Math.random() * all.length)] ?? null;
  },
  flushdb: removeEverything,
  flushall: removeEverything,
};

function clone(value: Value): Value {
  return structuredClone(value);
}
