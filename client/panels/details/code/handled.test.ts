import { describe, expect, test } from 'vitest';
import { type Exchange, read } from '../../../../scenarios/engine/read.ts';
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { header, type Sketch, traceOf } from '../../../../testing/trace.ts';
import { excerptsAround } from './excerpts.ts';
import { knownOf } from './known.ts';
import { decisiveLines } from './places.ts';
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

describe('the lines that decided', () => {
  const exchange = exchangeOf(
    request('POST', 'https://shop.example/auth/login'),
    command(1, 'get', at('session.ts', 59)),
    command(2, 'get', at('throttle.ts', 24)),
    command(3, 'ttl', at('throttle.ts', 24)),
    command(4, 'ping'),
    command(5, 'expire', at('routes/auth.ts', 48)),
    response('app', at('routes/auth.ts', 48)),
  );

  test('each comes once, in the order in which they led to something, with what they led to', () => {
    const told = decisiveLines(exchange).map(({ file, line, commands, answered }) => [
      `${file}:${line}`,
      commands.map(({ id }) => id),
      answered,
    ]);
    expect(told).toEqual([
      ['server/app/session.ts:59', [1], null],
      ['server/app/throttle.ts:24', [2, 3], null],
      ['server/app/routes/auth.ts:48', [5], 200],
    ]);
  });

  test('the whole statement around each is shown, file by file', () => {
    const excerpts = excerptsAround(sources, decisiveLines(exchange));
    expect(excerpts.map(({ file }) => file)).toEqual([
      'server/app/session.ts',
      'server/app/throttle.ts',
      'server/app/routes/auth.ts',
    ]);
    for (const { file, from, to } of excerpts) {
      expect(
        sources[file]!.split('\n')
          .slice(from - 1, to)
          .join('\n'),
      ).toMatch(/export (const|function)/);
    }
  });

  test('a place that this copy of the app does not have gives nothing', () => {
    expect(excerptsAround(sources, [at('gone.ts', 3), at('session.ts', 9999)])).toEqual([]);
  });
});

describe('where no line is known', () => {
  const known = (exchange: Exchange, weakness: string | null = null) =>
    knownOf(sources, { ...header, variant: 'vulnerable', scenario: { ...header.scenario, weakness } }, exchange);
  const login = exchangeOf(request('POST', 'https://shop.example/auth/login'), response('app'));

  test('the route and what it names are shown, and that the lines are not known', () => {
    const { sentence, excerpts } = known(login);
    expect(sentence).toContain('Which lines did it is not known');
    expect(excerpts.map(({ file }) => file)).toEqual(['server/app/app.ts', 'server/app/routes/auth.ts']);
  });

  test('with the weakness, of a vulnerable app only', () => {
    expect(known(login, 'login-keeps-session-id').excerpts.at(-1)?.file).toBe(
      'server/weaknesses/login-keeps-session-id.ts',
    );
    const fixed = { ...header, scenario: { ...header.scenario, weakness: 'login-keeps-session-id' } };
    expect(knownOf(sources, fixed, login).excerpts).toHaveLength(2);
  });

  test('a weakness that is the handler is shown once', () => {
    const logout = exchangeOf(request('POST', 'https://shop.example/auth/logout'), response('app'));
    expect(known(logout, 'logout-clears-only-the-cookie').excerpts).toHaveLength(2);
  });

  test.each([
    ['https://evil.example', 'another site'],
    ['cache', 'The shared cache answered'],
  ])('what %s answered is none of the app’s code', (by, words) => {
    const { sentence, excerpts } = known(exchangeOf(request('GET', 'https://shop.example/me'), response(by)));
    expect([sentence, excerpts]).toEqual([expect.stringContaining(words), []]);
  });

  test('a path without a route is said to have none', () => {
    expect(known(exchangeOf(request('GET', 'https://shop.example/nope'), response('app'))).sentence).toContain(
      'No route in app.ts is for GET /nope.',
    );
  });

  test('a request on its way has not been answered yet', () => {
    expect(known(exchangeOf(request('GET', 'https://shop.example/me'))).sentence).toContain('not been answered yet');
  });
});
