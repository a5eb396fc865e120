import { integer, syntaxError } from './arguments.ts';
import type { Commands } from './command.ts';
import type { Database } from './database.ts';
import { sample } from './hashes.ts';
import { CommandError } from './protocol.ts';
import { scanned } from './scan.ts';

const membersOf = (database: Database, key: string) => database.find(key, 'set')?.members ?? new Set<string>();

const keep = (database: Database, key: string, members: Set<string>) => database.keep(key, { type: 'set', members });

type Combine = (first: Set<string>, others: Set<string>[]) => string[];

const union: Combine = (first, others) => [...new Set([first, ...others].flatMap((each) => [...each]))];
const inter: Combine = (first, others) => [...first].filter((member) => others.every((other) => other.has(member)));
const diff: Combine = (first, others) => [...first].filter((member) => !others.some((other) => other.has(member)));

const combined = (combine: Combine) => (database: Database, keys: string[]) => {
  const [first = new Set<string>(), ...others] = keys.map((key) => membersOf(database, key));
  return combine(first, others);
};

const stored =
  (combine: Combine) =>
  (database: Database, [target = '', ...keys]: string[]) => {
    const members = new Set(combined(combine)(database, keys));
    database.remove(target);
    if (members.size > 0) keep(database, target, members);
    return members.size;
  };

export const sets: Commands = {
  sadd(database, [key = '', ...added]) {
    const members = membersOf(database, key);
    const before = members.size;
    for (const member of added) members.add(member);
    if (members.size > before) keep(database, key, members);
    return members.size - before;
  },

  srem(database, [key = '', ...removed]) {
    const members = membersOf(database, key);
    const count = removed.filter((member) => members.delete(member)).length;
    if (count > 0) keep(database, key, members);
    return count;
  },

  scard: (database, [key = '']) => membersOf(database, key).size,
  smembers: (database, [key = '']) => [...membersOf(database, key)],
  sismember: (database, [key = '', member = '']) => (membersOf(database, key).has(member) ? 1 : 0),
  smismember(database, [key = '', ...asked]) {
    const members = membersOf(database, key);
    return asked.map((member) => (members.has(member) ? 1 : 0));
  },

  smove(database, [from = '', to = '', member = '']) {
    const [source, target] = [membersOf(database, from), membersOf(database, to)];
    if (!source.has(member)) return 0;
    if (from === to) return 1;
    source.delete(member);
    keep(database, from, source);
    keep(database, to, target.add(member));
    return 1;
  },

  spop(database, [key = '', count, ...more]) {
    if (more.length > 0) throw syntaxError();
    const wanted = count === undefined ? 1 : positive(count);
    const members = membersOf(database, key);
    const taken = sample([...members], wanted);
    for (const member of taken) members.delete(member);
    if (taken.length > 0) keep(database, key, members);
    return count === undefined ? (taken[0] ?? null) : taken;
  },

  srandmember(database, [key = '', count, ...more]) {
    if (more.length > 0) throw syntaxError();
    const wanted = count === undefined ? 1 : integer(count);
    const chosen = sample([...membersOf(database, key)], wanted);
    return count === undefined ? (chosen[0] ?? null) : chosen;
  },

  sunion: combined(union),
  sinter: combined(inter),
  sdiff: combined(diff),
  sunionstore: stored(union),
  sinterstore: stored(inter),
  sdiffstore: stored(diff),

  sscan: (database, [key = '', ...words]) =>
    scanned(
      words,
      () => [...membersOf(database, key)].map((member) => [member]),
      ([member]) => [member],
    ),
};

function positive(text: string): number {
  const message = 'ERR value is out of range, must be positive';
  const value = integer(text, message);
  if (value < 0) throw new CommandError(message);
  return value;
}
