import { expect, test } from 'vitest';
import { foldGroups, foldTexts } from './fold.ts';
import type { Fold, Row } from './row.ts';

const throttle = { subject: false, group: 'throttle' };
const record = { subject: true, group: 'session record' };
const command = (seq: number, topic?: Row['topic']): Row => ({
  ...{ kind: 'arrow', seq, request: 1, from: 1, to: 2, line: 'sent', parts: [], sentence: `command ${seq}` },
  ...(topic && { topic }),
});
const evicted = (seq: number, topic: NonNullable<Row['topic']>): Row => ({
  ...{ kind: 'mark', seq, request: null, lane: 2, sign: '−', parts: [], sentence: '', what: 'evicted', topic },
});
const folded = (rows: Row[], open = {}, lit: number | null = null) =>
  foldGroups([{ step: 0, title: '', current: true, rows }], open, lit)[0]!.rows.map((row) =>
    row.kind === 'fold' ? `${row.open ? '▾' : ''}${row.sentence}` : row.seq,
  );

const exchange = [command(1), command(2, throttle), command(3, throttle), command(4, record), command(5, throttle)];

test('bookkeeping commands of an exchange that stand together are one row', () => {
  expect(folded(exchange)).toEqual([1, '+2 throttle', 4, '+1 throttle']);
});

test('an open fold stands above its rows', () => {
  expect(folded(exchange, { 1.5: true })).toEqual([1, '▾+2 throttle', 2, 3, 4, '+1 throttle']);
});

test('the bookkeeping of several requests is one row where their commands alternate, and belongs to none of them', () => {
  const of = (request: number, row: Row): Row => ({ ...row, request });
  const rows = [of(1, command(1, throttle)), of(2, command(2, throttle)), of(3, command(3, throttle))];
  expect(folded([...rows, of(1, command(4, record)), of(1, command(5, throttle))])).toEqual([
    '+3 throttle',
    4,
    '+1 throttle',
  ]);
  const [fold] = foldGroups([{ step: 0, title: '', current: true, rows }], {}, null)[0]!.rows;
  expect(fold!.request).toBe(null);
});

test('what is lit is never folded away', () => {
  expect(folded(exchange, {}, 3)).toEqual([1, '+1 throttle', 3, 4, '+1 throttle']);
});

test('a few lost records are shown one by one, and many are counted', () => {
  const records = (count: number) => Array.from({ length: count }, (_, index) => evicted(index, record));
  expect(folded(records(3))).toEqual([0, 1, 2]);
  expect(folded([...records(7), evicted(8, throttle)])).toEqual(['+7 session record, +1 throttle: evicted']);
});

test.each<[groups: string[], texts: string[]]>([
  [
    ['throttle', 'throttle', 'basket'],
    ['+2 throttle, +1 basket', '+2 throttle, +1 more', '+3 more'],
  ],
  [
    ['throttle', 'basket', 'mail'],
    ['+1 throttle, +1 basket, +1 mail', '+1 throttle, +2 more', '+3 more'],
  ],
  [['throttle', 'throttle'], ['+2 throttle']],
])('where there is little room for a fold of %j, it says how many more there are', (groups, texts) => {
  const rows = groups.map((group, index) => command(index, { subject: false, group }));
  const [fold] = foldGroups([{ step: 0, title: '', current: true, rows }], {}, null)[0]!.rows;
  expect(foldTexts(fold as Fold)).toEqual(texts);
});
