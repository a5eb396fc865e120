import { float, integer, slice, syntaxError, wrongNumber } from './arguments.ts';
import type { Commands, Waiting } from './command.ts';
import type { Database } from './database.ts';
import { CommandError, ok, type Reply } from './protocol.ts';

type End = 'LEFT' | 'RIGHT';

const itemsOf = (database: Database, key: string) => database.find(key, 'list')?.items ?? [];

const keep = (database: Database, key: string, items: string[]) => database.keep(key, { type: 'list', items });

const push =
  (end: End, onlyIfThere = false) =>
  (database: Database, [key = '', ...added]: string[]) => {
    const items = itemsOf(database, key);
    if (onlyIfThere && items.length === 0) return 0;
    for (const item of added) end === 'LEFT' ? items.unshift(item) : items.push(item);
    keep(database, key, items);
    return items.length;
  };

function take(database: Database, key: string, end: End, count: number): string[] {
  const items = itemsOf(database, key);
  const taken = end === 'LEFT' ? items.splice(0, count) : items.splice(Math.max(items.length - count, 0)).reverse();
  if (taken.length > 0) keep(database, key, items);
  return taken;
}

const pop =
  (end: End) =>
  (database: Database, [key = '', count, ...more]: string[]) => {
    if (more.length > 0) throw wrongNumber(end === 'LEFT' ? 'lpop' : 'rpop');
    const exists = database.find(key, 'list') !== undefined;
    if (count === undefined) return take(database, key, end, 1)[0] ?? null;
    const wanted = integer(count, 'ERR value is out of range, must be positive');
    if (wanted < 0) throw new CommandError('ERR value is out of range, must be positive');
    return exists ? take(database, key, end, wanted) : null;
  };

function move(database: Database, [from = '', to = '']: string[], out: End, into: End): string | null {
  itemsOf(database, from);
  // The type of the other key is looked at only if there is something to move.
  if (itemsOf(database, from).length === 0) return null;
  itemsOf(database, to);
  const [item = ''] = take(database, from, out, 1);
  push(into)(database, [to, item]);
  return item;
}

function endOf(word: string | undefined): End {
  const end = word?.toUpperCase();
  if (end === 'LEFT' || end === 'RIGHT') return end;
  throw syntaxError();
}

/** How long BLPOP and its like wait, in seconds. @throws CommandError */
export function secondsToWait(text: string | undefined): number {
  const seconds = float(text, 'ERR timeout is not a float or out of range');
  if (seconds < 0) throw new CommandError('ERR timeout is negative');
  return seconds;
}

/** Replies at once if `retry` finds something, and waits otherwise. */
export function waitFor(retry: () => Reply | undefined, seconds: number): Reply | Waiting {
  return retry() ?? { retry, seconds, otherwise: null };
}

const waitToPop =
  (end: End) =>
  (database: Database, words: string[]): Reply | Waiting => {
    const seconds = secondsToWait(words.at(-1));
    const keys = words.slice(0, -1);
    return waitFor(() => {
      for (const key of keys) {
        const [item] = take(database, key, end, 1);
        if (item !== undefined) return [key, item];
      }
      return undefined;
    }, seconds);
  };

export const lists: Commands = {
  lpush: push('LEFT'),
  rpush: push('RIGHT'),
  lpushx: push('LEFT', true),
  rpushx: push('RIGHT', true),
  lpop: pop('LEFT'),
  rpop: pop('RIGHT'),
  llen: (database, [key = '']) => itemsOf(database, key).length,
  lrange(database, [key = '', first, last]) {
    const [start, stop] = [integer(first), integer(last)];
    return slice(itemsOf(database, key), start, stop);
  },

  lindex(database, [key = '', place]) {
    const items = itemsOf(database, key);
    return items.at(integer(place)) ?? null;
  },

  lset(database, [key = '', place, item = '']) {
    const items = itemsOf(database, key);
    if (items.length === 0) throw new CommandError('ERR no such key');
    const given = integer(place);
    const index = given < 0 ? items.length + given : given;
    if (index < 0 || index >= items.length) throw new CommandError('ERR index out of range');
    items[index] = item;
    keep(database, key, items);
    return ok;
  },

  linsert(database, [key = '', where = '', pivot = '', item = '']) {
    const before = where.toUpperCase() === 'BEFORE';
    if (!before && where.toUpperCase() !== 'AFTER') throw syntaxError();
    const items = itemsOf(database, key);
    if (items.length === 0) return 0;
    const index = items.indexOf(pivot);
    if (index === -1) return -1;
    items.splice(before ? index : index + 1, 0, item);
    keep(database, key, items);
    return items.length;
  },

  lrem(database, [key = '', count, item = '']) {
    const wanted = integer(count);
    const items = itemsOf(database, key);
    let left = wanted === 0 ? items.length : Math.abs(wanted);
    const ordered = wanted < 0 ? [...items].reverse() : items;
    const kept = ordered.filter((each) => each !== item || left-- <= 0);
    const removed = items.length - kept.length;
    if (removed > 0) keep(database, key, wanted < 0 ? kept.reverse() : kept);
    return removed;
  },

  ltrim(database, [key = '', first, last]) {
    const [start, stop] = [integer(first), integer(last)];
    const items = itemsOf(database, key);
    if (items.length > 0) keep(database, key, slice(items, start, stop));
    return ok;
  },

  lmove(database, [from = '', to = '', out, into]) {
    return move(database, [from, to], endOf(out), endOf(into));
  },
  rpoplpush: (database, keys) => move(database, keys, 'RIGHT', 'LEFT'),

  blpop: waitToPop('LEFT'),
  brpop: waitToPop('RIGHT'),
  blmove(database, [from = '', to = '', out, into, timeout]) {
    const [taken, put] = [endOf(out), endOf(into)];
    return waitFor(() => move(database, [from, to], taken, put) ?? undefined, secondsToWait(timeout));
  },
  brpoplpush(database, [from = '', to = '', timeout]) {
    return waitFor(() => move(database, [from, to], 'RIGHT', 'LEFT') ?? undefined, secondsToWait(timeout));
  },
};
