import { describe, expect, test } from 'vitest';
import { type Choices, collapse, describeContents, groupId } from './collapse.ts';
import type { StepGroup } from './model.ts';
import type { Row } from './row.ts';

const redis = 2;
const arrow = (seq: number, request: number, to = redis): Row => ({
  kind: 'arrow',
  seq,
  request,
  from: 1,
  to,
  line: 'sent',
  parts: [],
  sentence: '',
});
/** A step with so many arrows. Each belongs to a request of its own; their numbers start at `from`. */
const step = (number: number, arrows: number, current = false, from = number * 1000): StepGroup => ({
  step: number,
  title: `step ${number}`,
  current,
  rows: Array.from({ length: arrows }, (_, index) => arrow(from + index, from + index)),
});
const noChoices: Choices = { open: {}, whole: {} };
/** For each group, the number of its rows: drawn, or at the start, left out and at the end. */
const shown = (groups: StepGroup[], choices = noChoices, selected: number | null = null) =>
  collapse(groups, choices, selected).map(({ open, before, after, hidden }) =>
    open ? [before.length, ...(hidden > 0 ? [hidden, after.length] : [])] : 'collapsed',
  );

describe('the diagram draws', () => {
  test('everything when it is short', () => {
    expect(shown([step(0, 10), step(1, 20), step(2, 5, true)])).toEqual([[10], [20], [5]]);
  });

  test('the newest steps when it is long', () => {
    expect(shown([step(0, 80), step(1, 80), step(2, 80), step(3, 5, true)])).toEqual(['collapsed', [80], [80], [5]]);
  });

  test('the current step, even when it is an old one', () => {
    expect(shown([step(0, 5, true), step(1, 80), step(2, 80), step(3, 80)])[0]).toEqual([5]);
  });

  test('the start and the end of a very long step', () => {
    expect(shown([step(0, 500, true)])).toEqual([[35, 430, 35]]);
    expect(shown([step(0, 90, true)])).toEqual([[90]]);
  });

  test('what the learner opens, and all rows of a step on demand', () => {
    const groups = [step(0, 80), step(1, 80), step(2, 80), step(3, 500, true)];
    const [first, , third, last] = groups.map(groupId);
    expect(shown(groups, { open: { [first!]: true, [third!]: false }, whole: { [last!]: true } })).toEqual([
      [80],
      'collapsed',
      'collapsed',
      [500],
    ]);
  });

  test('the step of the selected request, and all of it when the request is in its middle', () => {
    const groups = [step(0, 500), step(1, 80), step(2, 80), step(3, 80, true)];
    expect(shown(groups, noChoices, 3)[0]).toEqual([35, 430, 35]);
    expect(shown(groups, noChoices, 250)[0]).toEqual([500]);
  });
});

test('a collapsed step says what it contains', () => {
  const group = { ...step(0, 0), rows: [arrow(1, 1, 1), arrow(2, 1), arrow(3, 1), arrow(4, 2, 1)] };
  expect(describeContents(group, redis)).toBe('2 requests, 2 Redis commands');
  expect(describeContents({ ...group, rows: [arrow(1, 1, 1)] }, redis)).toBe('1 request');
  expect(describeContents({ ...group, rows: [] }, redis)).toBe('no requests and no Redis commands');
});
