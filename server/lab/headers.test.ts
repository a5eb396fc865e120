import { expect, test } from 'vitest';
import type { Header } from '../../scenarios/engine/trace.ts';
import { endToEnd } from './headers.ts';

test('headers of one connection are not passed on', () => {
  const headers: Header[] = [
    ['Host', 'a'],
    ['Connection', 'keep-alive'],
    ['transfer-encoding', 'chunked'],
    ['Content-Length', '3'],
    ['Cookie', 'a=1'],
    ['Cookie', 'b=2'],
  ];
  expect(endToEnd(headers)).toEqual([
    ['Host', 'a'],
    ['Cookie', 'a=1'],
    ['Cookie', 'b=2'],
  ]);
});
