import { describe, expect, test } from 'vitest';
import { type Exchange, read } from '../../../../scenarios/engine/read.ts';
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { type Sketch, traceOf } from '../../../../testing/trace.ts';
import { decisiveLines, excerptsAround } from './places.ts';
import { sources } from './sources.ts';

const request = (method: string, url: string): Sketch => ({
  type: 'request',
  id: 1,
  actor: 'alice',
  method,
  url,
  headers: [],
  forwarded: [],
  body: null,
  note: null,
  cookies: [],
});
const command = (id: number, name: string, code?: CodePlace): Sketch => ({
  type: 'command',
  id,
  request: 1,
  name,
  args: [],
  reply: 'OK',
  error: null,
  ms: 1,
  ...(code && { code }),
});
const response = (by: string, code?: CodePlace): Sketch => ({
  type: 'response',
  request: 1,
  status: 200,
  statusText: 'OK',
  headers: [],
  body: '',
  ms: 1,
  by,
  cookies: [],
  ...(code && { code }),
});
const exchangeOf = (...sketches: Sketch[]): Exchange => read(traceOf(...sketches)).exchanges[0]!;
const at = (file: string, line: number) => ({ file: `server/app/${file}`, line });

describe('the decisive lines', () => {
  const exchange = exchangeOf(
    request('POST', 'https://shop.example/auth/login'),
    command(1, 'get', at('app.ts', 53)),
    command(2, 'get', at('auth/throttle.ts', 34)),
    command(3, 'ttl', at('auth/throttle.ts', 34)),
    command(4, 'ping'),
    command(5, 'expire', at('auth/login.ts', 70)),
    response('app', at('auth/login.ts', 70)),
  );

  test('come once each, in the order of their first effect, with their effects', () => {
    const lines = decisiveLines(exchange).map(({ file, line, commands, answered }) => [
      `${file}:${line}`,
      commands.map(({ id }) => id),
      answered,
    ]);
    expect(lines).toEqual([
      ['server/app/app.ts:53', [1], null],
      ['server/app/auth/throttle.ts:34', [2, 3], null],
      ['server/app/auth/login.ts:70', [5], 200],
    ]);
  });

  test('are shown with the whole statement around them, file by file', () => {
    const excerpts = excerptsAround(sources, decisiveLines(exchange));
    expect(excerpts.map(({ file }) => file)).toEqual([
      'server/app/app.ts',
      'server/app/auth/throttle.ts',
      'server/app/auth/login.ts',
    ]);
    for (const { file, from, to } of excerpts) {
      expect(
        sources[file]!.split('\n')
          .slice(from - 1, to)
          .join('\n'),
      ).toMatch(/export (const|function|async function)/);
    }
  });

  test('are not shown when this copy of the app does not have them', () => {
    expect(excerptsAround(sources, [at('gone.ts', 3), at('session.ts', 9999)])).toEqual([]);
  });
});
