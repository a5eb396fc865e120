import { float, floatText, integer, syntaxError } from './arguments.ts';
import type { Commands } from './command.ts';
import type { Database } from './database.ts';
import { CommandError, type Reply } from './protocol.ts';
import { scanned } from './scan.ts';
import { type Entry, inOrder, parseRange, selected } from './sortedRanges.ts';

const scoresOf = (database: Database, key: string) => database.find(key, 'zset')?.scores ?? new Map<string, number>();

const keep = (database: Database, key: string, scores: Map<string, number>) =>
  database.keep(key, { type: 'zset', scores });

const entriesOf = (database: Database, key: string) => inOrder(scoresOf(database, key));

const shown = (entries: Entry[], withScores: boolean) =>
  entries.flatMap(([member, score]) => (withScores ? [member, floatText(score)] : [member]));

function addTo(database: Database, [key = '', ...words]: string[]): Reply {
  const flags = new Set<string>();
  while (/^(nx|xx|gt|lt|ch|incr)$/i.test(words[0] ?? '')) flags.add(words.shift()!.toUpperCase());
  if (words.length === 0 || words.length % 2 !== 0) throw syntaxError();
  if (flags.has('NX') && flags.has('XX'))
    throw new CommandError('ERR XX and NX options at the same time are not compatible');
  if ([flags.has('NX'), flags.has('GT'), flags.has('LT')].filter(Boolean).length > 1)
    throw new CommandError('ERR GT, LT, and/or NX options at the same time are not compatible');
  if (flags.has('INCR') && words.length > 2)
    throw new CommandError('ERR INCR option supports a single increment-element pair');
  const given = Array.from(
    { length: words.length / 2 },
    (_, index): Entry => [words[index * 2 + 1]!, float(words[index * 2])],
  );
  const scores = scoresOf(database, key);
  let [added, changed] = [0, 0];
  let result: number | null = null;
  for (const [member, score] of given) {
    const before = scores.get(member);
    const now = flags.has('INCR') ? (before ?? 0) + score : score;
    if (Number.isNaN(now)) throw new CommandError('ERR resulting score is not a number (NaN)');
    const allowed =
      before === undefined
        ? !flags.has('XX')
        : !flags.has('NX') && !(flags.has('GT') && now <= before) && !(flags.has('LT') && now >= before);
    if (!allowed) continue;
    result = now;
    if (before === undefined) added++;
    else if (before !== now) changed++;
    scores.set(member, now);
  }
  if (added + changed > 0) keep(database, key, scores);
  if (flags.has('INCR')) return result === null ? null : floatText(result);
  return flags.has('CH') ? added + changed : added;
}

function remove(database: Database, key: string, members: readonly string[]): number {
  const scores = scoresOf(database, key);
  const removed = members.filter((member) => scores.delete(member)).length;
  if (removed > 0) keep(database, key, scores);
  return removed;
}

const pop =
  (fromEnd: boolean) =>
  (database: Database, [key = '', count, ...more]: string[]) => {
    if (more.length > 0) throw syntaxError();
    const message = 'ERR value is out of range, must be positive';
    const wanted = count === undefined ? 1 : integer(count, message);
    if (wanted < 0) throw new CommandError(message);
    const entries = entriesOf(database, key);
    const taken = (fromEnd ? entries.reverse() : entries).slice(0, wanted);
    remove(
      database,
      key,
      taken.map(([member]) => member),
    );
    return shown(taken, true);
  };

const rank =
  (reversed: boolean) =>
  (database: Database, [key = '', member]: string[]) => {
    const entries = entriesOf(database, key);
    const index = entries.findIndex(([each]) => each === member);
    if (index === -1) return null;
    return reversed ? entries.length - 1 - index : index;
  };

/** ZRANGE and its older forms. @param fixed what the name of an older form says already */
const range =
  (fixed: { by?: 'SCORE' | 'LEX' | 'RANK'; reversed?: boolean } = {}) =>
  (database: Database, [key = '', ...words]: string[]) => {
    const asked = parseRange(words, fixed);
    return shown(selected(entriesOf(database, key), asked), asked.withScores);
  };

const removeRange =
  (by: 'SCORE' | 'LEX' | 'RANK') =>
  (database: Database, [key = '', ...words]: string[]) => {
    const found = selected(entriesOf(database, key), parseRange(words, { by, reversed: false }));
    return remove(
      database,
      key,
      found.map(([member]) => member),
    );
  };

const count =
  (by: 'SCORE' | 'LEX') =>
  (database: Database, [key = '', ...words]: string[]) =>
    selected(entriesOf(database, key), parseRange(words, { by, reversed: false })).length;

export const sortedSets: Commands = {
  zadd: addTo,
  zincrby: (database, [key = '', amount = '', member = '']) => addTo(database, [key, 'INCR', amount, member]),
  zrem: (database, [key = '', ...members]) => remove(database, key, members),
  zcard: (database, [key = '']) => scoresOf(database, key).size,
  zscore(database, [key = '', member = '']) {
    const score = scoresOf(database, key).get(member);
    return score === undefined ? null : floatText(score);
  },
  zmscore(database, [key = '', ...members]) {
    const scores = scoresOf(database, key);
    return members.map((member) => (scores.has(member) ? floatText(scores.get(member)!) : null));
  },
  zrank: rank(false),
  zrevrank: rank(true),
  zcount: count('SCORE'),
  zlexcount: count('LEX'),
  zrange: range(),
  zrevrange: range({ by: 'RANK', reversed: true }),
  zrangebyscore: range({ by: 'SCORE', reversed: false }),
  zrevrangebyscore: range({ by: 'SCORE', reversed: true }),
  zrangebylex: range({ by: 'LEX', reversed: false }),
  zrevrangebylex: range({ by: 'LEX', reversed: true }),
  zremrangebyrank: removeRange('RANK'),
  zremrangebyscore: removeRange('SCORE'),
  zremrangebylex: removeRange('LEX'),
  zpopmin: pop(false),
  zpopmax: pop(true),
  zscan: (database, [key = '', ...words]) =>
    scanned(
      words,
      () => entriesOf(database, key).map(([member, score]) => [member, floatText(score)]),
      ([member, score = '']) => [member, score],
    ),
};
