import { describe, expect, test } from 'vitest';
import type { Group } from './arrows.ts';
import { contents, fold, idOf } from './fold.ts';
import type { Item } from './items.ts';

const redis = 2;
const arrow = (seq: number, request: number, to = redis): Item => ({
  kind: 'arrow',
  seq,
  request,
  from: 1,
  to,
  line: 'sent',
  parts: [],
  sentence: '',
});
/** A step with so many arrows, each of a request of its own from number `from` on. */
const step = (number: number, arrows: number, current = false, from = number * 1000): Group => ({
  step: number,
  title: `step ${number}`,
  current,
  items: Array.from({ length: arrows }, (_, index) => arrow(from + index, from + index)),
});
const nothingChosen = { open: {}, whole: {}, selected: null };
const shown = (groups: Group[], choices = nothingChosen as Parameters<typeof fold>[1]) =>
  fold(groups, choices).map(({ open, before, after, hidden }) =>
    open ? [before.length, ...(hidden > 0 ? [hidden, after.length] : [])] : 'folded',
  );

describe('what is drawn', () => {
  test('is everything of a short run', () => {
    expect(shown([step(0, 10), step(1, 20), step(2, 5, true)])).toEqual([[10], [20], [5]]);
  });

  test('is the newest steps of a long one', () => {
    expect(shown([step(0, 80), step(1, 80), step(2, 80), step(3, 5, true)])).toEqual(['folded', [80], [80], [5]]);
  });

  test('is the step being looked at, where that is an old one', () => {
    expect(shown([step(0, 5, true), step(1, 80), step(2, 80), step(3, 80)])[0]).toEqual([5]);
  });

  test('is the beginning and the end of a very long step', () => {
    expect(shown([step(0, 500, true)])).toEqual([[35, 430, 35]]);
    expect(shown([step(0, 90, true)])).toEqual([[90]]);
  });

  test('is what somebody asked for', () => {
    const groups = [step(0, 80), step(1, 80), step(2, 80), step(3, 500, true)];
    const [first, , third, last] = groups.map(idOf);
    expect(
      shown(groups, { open: { [first!]: true, [third!]: false }, whole: { [last!]: true }, selected: null }),
    ).toEqual([[80], 'folded', 'folded', [500]]);
  });

  test('is the step of the selected request, and all of it where that is in the middle', () => {
    const groups = [step(0, 500), step(1, 80), step(2, 80), step(3, 80, true)];
    expect(shown(groups, { ...nothingChosen, selected: 3 })[0]).toEqual([35, 430, 35]);
    expect(shown(groups, { ...nothingChosen, selected: 250 })[0]).toEqual([500]);
  });
});

test('a folded step says what it keeps', () => {
  const group = { ...step(0, 0), items: [arrow(1, 1, 1), arrow(2, 1), arrow(3, 1), arrow(4, 2, 1)] };
  expect(contents(group, redis)).toBe('2 requests, 2 Redis commands');
  expect(contents({ ...group, items: [arrow(1, 1, 1)] }, redis)).toBe('1 request');
  expect(contents({ ...group, items: [] }, redis)).toBe('nothing went over the wire');
});
