import { expect, test } from 'vitest';
import type { Row } from './row.ts';
import { streamBars } from './streams.ts';

const row = (request: number, stream?: Row['stream']): Row => ({
  kind: 'arrow',
  line: 'answered',
  seq: request,
  request,
  from: 2,
  to: 0,
  parts: [],
  sentence: '',
  ...(stream && { stream }),
});
const step = (top: number, rows: Row[], open = true) => ({
  group: { rows },
  top,
  height: 100,
  rows: open ? rows.map((one, index) => ({ row: one, top: 30 + 28 * index, lineTop: 21 })) : [],
});
const xs = [40, 120, 200];

test('a stream is a bar from its response to its end in a later step, or to the end of the diagram', () => {
  const first = step(0, [row(1), row(2, 'opens')]);
  expect(streamBars([first, step(100, [row(3)])], xs, 260)).toEqual([
    { request: 2, lane: 0, left: 40, top: 79, height: 181, open: true },
  ]);
  expect(streamBars([first, step(100, [row(2, 'ends')])], xs, 260)).toEqual([
    { request: 2, lane: 0, left: 40, top: 79, height: 72, open: false },
  ]);
});

test('it starts in the middle of a collapsed step', () => {
  expect(streamBars([step(0, [row(2, 'opens')], false)], xs, 150)[0]).toMatchObject({ top: 50, height: 100 });
});
