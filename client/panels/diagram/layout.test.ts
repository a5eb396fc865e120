import { describe, expect, test } from 'vitest';
import { sessionIds } from '../../../scenarios/engine/identity.ts';
import { read } from '../../../scenarios/engine/read.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';
import { labelsOnLifelines } from '../../../testing/labels.ts';
import { crowd, fixation, leftAlone, trouble } from '../../../testing/panelTraces.ts';
import { playedScenario, upToStep } from '../../../testing/playedScenario.ts';
import { collapse, groupId } from './collapse.ts';
import {
  belowIn,
  endOfCurrent,
  layOut,
  outlines,
  rowHeight,
  spanAround,
  spanOf,
  topForEnd,
  topOfCurrent,
  topToShow,
} from './layout.ts';
import { diagramModel } from './model.ts';
import { placeLanes } from './placeLanes.ts';
import { labelWidth } from './widths.ts';

/** The layout of a whole trace, nothing collapsed. */
const laidOut = (trace: Trace, width: number) => {
  const model = diagramModel(read(trace), trace.events, sessionIds(trace.events));
  const all = Object.fromEntries(model.groups.map((group, index) => [groupId(group, index), true]));
  return layOut(model, width, collapse(model.groups, { open: all, whole: all }, null));
};

describe.each([348, 630, 1200])('in %i px', (width) => {
  test.each([
    ['a fixation', fixation(false)],
    ['an expiry', leftAlone()],
    ['trouble', trouble()],
    ['a crowd', crowd()],
  ])('no label of %s leaves the diagram', (_, trace) => {
    const layout = laidOut(trace, width);
    for (const { label } of layout.groups.flatMap(({ rows }) => rows)) {
      expect(label.left).toBeGreaterThanOrEqual(15);
      expect(label.left + label.width).toBeLessThanOrEqual(layout.width - 15);
    }
  });
});

describe.each([348, 369, 497, 630, 900, 1200])('in %i px', (width) => {
  test.each([
    ['a fixation', fixation(false)],
    ['an expiry', leftAlone()],
    ['a crowd', crowd()],
    ['trouble', trouble()],
  ])('no lifeline runs through a label of %s', (_, trace) => {
    expect(labelsOnLifelines(trace, [width])).toEqual([[]]);
  });
});

test('a label stands in one space between two lanes, also when its arrow passes others', () => {
  const { groups, xs } = laidOut(fixation(false), 630);
  const arrows = groups.flatMap(({ rows }) => rows).filter(({ row }) => row.kind === 'arrow' && row.line !== 'handed');
  const starts = new Set(arrows.map(({ label }) => label.left));
  expect([...starts]).toEqual([xs[1]! + 10, xs[2]! + 10]);
});

test('without enough room, a label loses the less important words, but neither the id nor whether it is new', () => {
  const answered = (width: number) => laidOut(fixation(false), width).groups[2]!.rows[3]!.label.lines.flat();
  const words = (width: number) => answered(width).map((part) => ('sid' in part ? part.sid.slice(0, 3) : part.text));
  expect(words(1200)).toEqual(['200', 'Set-Cookie', 'wME', '= same ID']);
  expect(words(348)).toEqual(['200', 'wME', '= same ID']);
});

test('a mark whose words do not fit beside it has them in another space', async () => {
  const trace = upToStep(await playedScenario('httponly-vs-xss', 'vulnerable'), 6);
  const texts = (width: number) =>
    laidOut(trace, width)
      .groups.at(-1)!
      .rows.find(({ row }) => row.kind === 'mark' && row.sign === '>')!
      .label.lines.flat()
      .flatMap((part) => ('text' in part ? [part.text] : []));
  for (const width of [597, 760, 1200]) expect(texts(width), `${width}`).toContain('document.cookie');
});

test('a label without room in its space gets further lines, and its row the height for them', () => {
  const { groups } = laidOut(crowd(), 348);
  const rows = groups.flatMap((group) => group.rows);
  const longer = rows.filter(({ label }) => label.lines.length > 1);
  expect(longer.length).toBeGreaterThan(0);
  for (const { height, label } of rows) expect(height).toBe(rowHeight + 16 * (label.lines.length - 1));
});

test('rows and steps follow one another without overlapping', () => {
  const { groups, height, next } = laidOut(crowd(), 630);
  expect(next).toBeNull();
  let bottom = 0;
  for (const { top, height: tall, rows } of groups) {
    expect(top).toBeGreaterThan(bottom);
    expect(rows.every((row, index) => index === 0 || row.top - rows[index - 1]!.top === rows[index - 1]!.height)).toBe(
      true,
    );
    expect(rows.at(-1)!.top + rowHeight).toBeLessThanOrEqual(tall);
    bottom = top + tall;
  }
  expect(height).toBeGreaterThan(bottom);
});

test('the bar of a request goes from its arrow to the response', () => {
  const [login] = laidOut(fixation(false), 630).groups[2]!.handling;
  expect(login).toMatchObject({ request: 2, height: 3 * rowHeight, left: placeLanes(2, 1, 630).xs[2] });
});

test('rows of the selected request that touch share one outline', () => {
  const placed = (request: number | null, index: number) => {
    const { rows } = laidOut(crowd(), 630).groups[0]!;
    return { ...rows[index]!, row: { ...rows[index]!.row, request } };
  };
  const rows = [placed(1, 0), placed(1, 1), placed(2, 2), placed(1, 3)];
  expect(outlines(rows, 1)).toEqual([
    { top: rows[0]!.top, height: rows[0]!.height + rows[1]!.height },
    { top: rows[3]!.top, height: rows[3]!.height },
  ]);
});

test('a label is as wide as its letters and chips together', () => {
  expect(labelWidth([])).toBe(0);
  expect(labelWidth([{ text: '1234567890', tone: 'plain' }])).toBe(69);
  expect(labelWidth([{ sid: 'a' }, { sid: 'b' }])).toBe(2 * 69 + 5);
});

test('what of the current step is below a place in the diagram is counted in requests', () => {
  const layout = laidOut(fixation(false), 630);
  const { bottom } = endOfCurrent(layout)!;
  const first = layout.groups.findLast(({ group }) => group.current)!;
  const requests = new Set(first.rows.flatMap(({ row }) => row.request ?? [])).size;
  expect(requests).toBe(1);
  expect(belowIn(layout, bottom)).toEqual({ requests: 0, rest: false });
  expect(belowIn(layout, first.top)).toEqual({ requests, rest: false });
  // Its first row is above.
  const [row] = first.rows.filter(({ row }) => row.request !== null);
  expect(belowIn(layout, first.top + row!.top + row!.height)).toEqual({ requests: 0, rest: true });
});

test('where nobody scrolls, the end of the current step is in sight, and the first difference stays so', () => {
  const layout = laidOut(fixation(false), 630);
  const { bottom } = endOfCurrent(layout)!;
  expect(topForEnd(layout, bottom + 10, null)).toBe(0);
  expect(topForEnd(layout, 100, null)).toBe(bottom - 100);
  const current = layout.groups.findLast(({ group }) => group.current)!;
  const { row } = current.rows.find(({ row }) => row.request !== null)!;
  expect(topForEnd(layout, 20, row.seq)).toBe(spanAround(layout, row.seq)!.top);
});

describe('the diagram scrolls', () => {
  const layout = laidOut(crowd(), 630);
  const last = layout.groups.at(-1)!;

  test('to the start of the current step, or to the end if all of that step fits', () => {
    expect(topOfCurrent(layout, 300)).toBe(last.top);
    expect(topOfCurrent(layout, 1200)).toBe(layout.height - 1200);
    expect(topOfCurrent(layout, layout.height + 100)).toBe(0);
  });

  test('just far enough to show the selected request', () => {
    const span = spanOf(layout, 30)!;
    const rows = layout.groups.flatMap(({ rows }) => rows).filter(({ row }) => row.request === 30);
    expect(rows).toHaveLength(4);
    expect(span.bottom - span.top).toBe(rows.reduce((sum, { height }) => sum + height, 0));
    expect(topToShow(span, 300, 0)).toBe(span.bottom - 300);
    expect(topToShow(span, 300, span.top - 10)).toBe(span.top - 10);
    expect(topToShow(span, 300, span.top + 50)).toBe(span.top);
    expect(topToShow(span, 50, 0)).toBe(span.top);
    expect(spanOf(layout, 999)).toBeNull();
  });

  test('to the first difference with two rows before and after it, but only in the current step', () => {
    const { row, top } = last.rows[3]!;
    expect(spanAround(layout, row.seq)).toEqual({
      top: last.top + top - 2 * rowHeight,
      bottom: last.top + top + 3 * rowHeight,
    });
    expect(spanAround(layout, layout.groups[0]!.rows[0]!.row.seq)).toBeNull();
    expect(spanAround(layout, null)).toBeNull();
  });
});

test('a deletion from outside does not cut the box of an exchange in two, but another request does', () => {
  const rows = [1, null, 1, 2, 1].map((request, index) => ({
    row: { request },
    top: index * rowHeight,
    height: rowHeight,
  }));
  expect(outlines(rows as unknown as Parameters<typeof outlines>[0], 1)).toEqual([
    { top: 0, height: 3 * rowHeight },
    { top: 4 * rowHeight, height: rowHeight },
  ]);
});
