import { describe, expect, test } from 'vitest';
import { sessionIds } from '../../../scenarios/engine/identity.ts';
import { read } from '../../../scenarios/engine/read.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';
import { crowd, fixation, leftAlone, trouble } from '../../../testing/diagramTrace.ts';
import { tellStory } from './arrows.ts';
import { labelWidth, layOut, placeLanes, rowHeight, stretches } from './layout.ts';
import { spanOf, topOfNewest, topToShow } from './scroll.ts';

const laidOut = (trace: Trace, width: number) =>
  layOut(tellStory(read(trace), trace.events, sessionIds(trace.events)), width);

describe.each([1, 2, 3, 6])('With %i actors', (actors) => {
  test.each([348, 640, 1000, 1920])('the lanes go from left to right in %i px, or in what they need.', (width) => {
    const { lanes, width: used } = placeLanes(actors, 1, width);
    expect(lanes).toHaveLength(actors + 2);
    expect(lanes.toSorted((a, b) => a - b)).toEqual(lanes);
    expect(used).toBeGreaterThanOrEqual(width);
    expect(lanes[0]).toBeGreaterThanOrEqual(28);
    expect(lanes.at(-1)).toBeLessThanOrEqual(used - 28);
  });
});

test('Two actors fit on a phone, and six in the middle of a small laptop, without scrolling sideways.', () => {
  expect(placeLanes(2, 1, 348).width).toBe(348);
  expect(placeLanes(6, 1, 630).width).toBe(630);
});

describe.each([348, 630, 1200])('In %i px', (width) => {
  test.each([
    ['a fixation', fixation(false)],
    ['an expiry', leftAlone()],
    ['trouble', trouble()],
    ['a crowd', crowd()],
  ])('no label of %s leaves the diagram.', (_, trace) => {
    const layout = laidOut(trace, width);
    for (const { label } of layout.groups.flatMap(({ rows }) => rows)) {
      expect(label.left).toBeGreaterThanOrEqual(15);
      expect(label.left + label.width).toBeLessThanOrEqual(layout.width - 15);
    }
  });
});

test('A label that has the room for it stays between the lanes of its arrow.', () => {
  for (const { item, from, to, label } of laidOut(fixation(false), 630).groups.flatMap(({ rows }) => rows)) {
    if (item.kind !== 'arrow' || item.line === 'handed') continue;
    expect(label.left).toBeGreaterThan(Math.min(from, to));
    expect(label.left + label.width).toBeLessThan(Math.max(from, to));
  }
});

test('Where room is scarce the words that can be spared go, never the ids or the verdict.', () => {
  const answered = (width: number) => laidOut(fixation(false), width).groups[2]!.rows[3]!.label.parts;
  const words = (width: number) => answered(width).map((part) => ('sid' in part ? part.sid.slice(0, 3) : part.say));
  expect(words(1200)).toEqual(['200', 'Set-Cookie', 'wME', '= same id']);
  expect(words(348)).toEqual(['200', 'wME', '= same id']);
});

test('Rows and steps follow one another without touching.', () => {
  const { groups, height, next } = laidOut(crowd(), 630);
  expect(next).toBeNull();
  let bottom = 0;
  for (const { top, height: tall, rows } of groups) {
    expect(top).toBeGreaterThan(bottom);
    expect(rows.every((row, index) => index === 0 || row.top - rows[index - 1]!.top === rowHeight)).toBe(true);
    expect(rows.at(-1)!.top + rowHeight).toBeLessThanOrEqual(tall);
    bottom = top + tall;
  }
  expect(height).toBeGreaterThan(bottom);
});

test('Express is at work from a request to its answer.', () => {
  const [login] = laidOut(fixation(false), 630).groups[2]!.handling;
  expect(login).toMatchObject({ request: 2, height: 3 * rowHeight, left: placeLanes(2, 1, 630).lanes[2] });
});

test('The rows of a selected request are outlined as stretches that touch.', () => {
  const row = (request: number | null, index: number) => {
    const { rows } = laidOut(crowd(), 630).groups[0]!;
    return { ...rows[index]!, item: { ...rows[index]!.item, request } };
  };
  const rows = [row(1, 0), row(1, 1), row(2, 2), row(1, 3)];
  expect(stretches(rows, 1)).toEqual([
    { top: rows[0]!.top, height: 2 * rowHeight },
    { top: rows[3]!.top, height: rowHeight },
  ]);
});

test('A label is as wide as its letters and chips together.', () => {
  expect(labelWidth([])).toBe(0);
  expect(labelWidth([{ say: '1234567890', tone: 'plain' }])).toBe(69);
  expect(labelWidth([{ sid: 'a' }, { sid: 'b' }])).toBe(2 * 69 + 5);
});

describe('The diagram scrolls', () => {
  const layout = laidOut(crowd(), 630);
  const last = layout.groups.at(-1)!;

  test('to the beginning of the newest step, or to the end where all of it fits.', () => {
    expect(topOfNewest(layout, 300)).toBe(last.top);
    expect(topOfNewest(layout, 1200)).toBe(layout.height - 1200);
    expect(topOfNewest(layout, layout.height + 100)).toBe(0);
  });

  test('to a selected request by the smallest move that shows it.', () => {
    const span = spanOf(layout, 30)!;
    expect(span.bottom - span.top).toBe(4 * rowHeight);
    expect(topToShow(span, 300, 0)).toBe(span.bottom - 300);
    expect(topToShow(span, 300, span.top - 10)).toBe(span.top - 10);
    expect(topToShow(span, 300, span.top + 50)).toBe(span.top);
    expect(topToShow(span, 50, 0)).toBe(span.top);
    expect(spanOf(layout, 999)).toBeNull();
  });
});
