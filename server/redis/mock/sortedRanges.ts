/** The ranges of ZRANGE and its relatives: by rank, by score, or by the letters of the members. */
import { float, integer, slice, syntaxError } from './arguments.ts';
import { CommandError } from './protocol.ts';

export type Entry = [member: string, score: number];

/** By score, and by bytes where the scores are equal. */
export const inOrder = (scores: ReadonlyMap<string, number>): Entry[] =>
  [...scores].sort(([a, one], [b, other]) => (one === other ? (a < b ? -1 : 1) : one < other ? -1 : 1));

interface Range {
  pick(entries: Entry[]): Entry[];
  withScores: boolean;
}

interface Fixed {
  by?: 'SCORE' | 'LEX' | 'RANK';
  reversed?: boolean;
}

/** @param words what follows the key. @throws CommandError */
export function parseRange([first, last, ...options]: string[], fixed: Fixed): Range {
  let by = fixed.by;
  let reversed = fixed.reversed;
  let withScores = false;
  let limit: [offset: number, count: number] | undefined;
  for (let index = 0; index < options.length; index++) {
    const option = options[index]!.toUpperCase();
    if (option === 'WITHSCORES') withScores = true;
    else if (option === 'LIMIT' && index + 2 < options.length) {
      limit = [integer(options[index + 1]), integer(options[index + 2])];
      index += 2;
    } else if (option === 'REV' && fixed.reversed === undefined) reversed = true;
    else if ((option === 'BYSCORE' || option === 'BYLEX') && fixed.by === undefined)
      by = option === 'BYSCORE' ? 'SCORE' : 'LEX';
    else throw syntaxError();
  }
  if (limit && (by ?? 'RANK') === 'RANK')
    throw new CommandError('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  if (withScores && by === 'LEX')
    throw new CommandError('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
  const turn = (entries: Entry[]) => (reversed ? [...entries].reverse() : entries);
  if (by === undefined || by === 'RANK') {
    const [start, stop] = [integer(first), integer(last)];
    return { withScores, pick: (entries) => slice(turn(entries), start, stop) };
  }
  const [low, high] = reversed ? [last, first] : [first, last];
  const inside = by === 'SCORE' ? betweenScores(low, high) : betweenMembers(low, high);
  return {
    withScores,
    pick(entries) {
      const found = turn(entries.filter(inside));
      if (!limit) return found;
      const [offset, count] = limit;
      if (offset < 0) return [];
      return count < 0 ? found.slice(offset) : found.slice(offset, offset + count);
    },
  };
}

export const selected = (entries: Entry[], range: Range) => range.pick(entries);

function betweenScores(low: string | undefined, high: string | undefined): (entry: Entry) => boolean {
  const [from, to] = [scoreLimit(low), scoreLimit(high)];
  return ([, score]) =>
    (from.open ? score > from.value : score >= from.value) && (to.open ? score < to.value : score <= to.value);
}

function scoreLimit(text = ''): { value: number; open: boolean } {
  const open = text.startsWith('(');
  return { value: float(open ? text.slice(1) : text, 'ERR min or max is not a float'), open };
}

function betweenMembers(low: string | undefined, high: string | undefined): (entry: Entry) => boolean {
  const [from, to] = [memberLimit(low), memberLimit(high)];
  const above = (member: string) =>
    from.text === null ? !from.last : from.open ? member > from.text : member >= from.text;
  const below = (member: string) => (to.text === null ? to.last : to.open ? member < to.text : member <= to.text);
  return ([member]) => above(member) && below(member);
}

/** `text` null: before the first member, or behind the last one. */
function memberLimit(given = ''): { text: string | null; open: boolean; last: boolean } {
  if (given === '-' || given === '+') return { text: null, open: false, last: given === '+' };
  if (!/^[[(]/.test(given)) throw new CommandError('ERR min or max not valid string range item');
  return { text: given.slice(1), open: given.startsWith('('), last: false };
}
