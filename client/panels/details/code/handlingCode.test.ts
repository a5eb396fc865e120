import { describe, expect, test } from 'vitest';
import { type Exchange, read } from '../../../../scenarios/engine/read.ts';
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { header, type Sketch, traceOf } from '../../../../testing/trace.ts';
import { sourceOf } from './appSource.ts';
import { decisiveLines, handlerOf, handlingCode, routeOf, statementsAround } from './handlingCode.ts';

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

describe('the decisive lines', () => {
  const at = (file: string, line: number) => ({ file: `server/app/${file}`, line });
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

  test('are shown with the whole statement around them, file by file, without an explanation', () => {
    const { excerpts, lines, explanation } = handlingCode(header, exchange);
    expect(excerpts.map(({ file }) => file)).toEqual([
      'server/app/app.ts',
      'server/app/auth/throttle.ts',
      'server/app/auth/login.ts',
    ]);
    for (const { file, from, to } of excerpts) {
      const statement = sourceOf(file)
        .split('\n')
        .slice(from - 1, to);
      expect(statement.join('\n')).toMatch(/export (const|function|async function)/);
    }
    expect([lines, explanation]).toEqual([decisiveLines(exchange), null]);
  });

  test('are not shown when this copy of the app does not have them', () => {
    expect(statementsAround([at('gone.ts', 3), at('session.ts', 9999)])).toEqual([]);
  });
});

test.each([
  ['POST', '/auth/login', 'login'],
  ['POST', '/AUTH/login/', 'login'],
  ['GET', '/basket', 'showBasket'],
  ['GET', '/orders', 'listOrders'],
  ['GET', '/', 'home'],
  ['POST', '/sessions/3f/end', 'endSession'],
  ['POST', '/sessions/end-others', 'endOtherSessions'],
  ['GET', '/admin/users', 'listUsers'],
  ['POST', '/admin/users/2/disable', 'disableUser'],
])('the handler of %s %s is %s', (method, path, handler) => {
  const route = routeOf(method, path)!;
  expect(route.handler).toBe(handler);
  expect(sourceOf('server/app/app.ts').split('\n')[route.line - 1]).toContain(`${handler}(`);
  expect(handlerOf(handler, null)).not.toBeNull();
});

test.each([
  ['GET', '/auth/login'],
  ['GET', '/users'],
  ['GET', '/nothing'],
])('%s %s has no route', (method, path) => {
  expect(routeOf(method, path)).toBeNull();
});

test('the handler is the one in the weakness when the weakness replaces it', () => {
  const weak = handlerOf('logout', 'logout-clears-only-the-cookie');
  expect(weak?.file).toBe('server/weaknesses/logout-clears-only-the-cookie.ts');
  expect(handlerOf('logout', 'login-keeps-session-id')?.file).toBe('server/app/auth/login.ts');
});

describe('a request without known lines', () => {
  const codeOf = (exchange: Exchange, weakness: string | null = null) =>
    handlingCode({ ...header, variant: 'vulnerable', scenario: { ...header.scenario, weakness } }, exchange);
  const login = exchangeOf(request('POST', 'https://shop.example/auth/login'), response('app'));

  test('shows the route and the handler, and says that the lines are not known', () => {
    const { lines, explanation, excerpts } = codeOf(login);
    expect(explanation).toContain('The trace does not name the lines that ran');
    expect(excerpts.map(({ file }) => file)).toEqual(['server/app/app.ts', 'server/app/auth/login.ts']);
    expect(lines).toEqual([]);
  });

  test('shows the weakness, of a vulnerable app only', () => {
    expect(codeOf(login, 'login-keeps-session-id').excerpts.at(-1)?.file).toBe(
      'server/weaknesses/login-keeps-session-id.ts',
    );
    const fixed = { ...header, scenario: { ...header.scenario, weakness: 'login-keeps-session-id' } };
    expect(handlingCode(fixed, login).excerpts).toHaveLength(2);
  });

  test('shows a weakness that is the handler only once', () => {
    const logout = exchangeOf(request('POST', 'https://shop.example/auth/logout'), response('app'));
    expect(codeOf(logout, 'logout-clears-only-the-cookie').excerpts).toHaveLength(2);
  });

  test.each([
    ['https://evil.example', 'another site'],
    ['cache', 'The shared cache answered'],
  ])('shows no code of the app when %s answered', (by, words) => {
    const { explanation, excerpts } = codeOf(exchangeOf(request('GET', 'https://shop.example/me'), response(by)));
    expect([explanation, excerpts]).toEqual([expect.stringContaining(words), []]);
  });

  test('says that a path has no route', () => {
    expect(codeOf(exchangeOf(request('GET', 'https://shop.example/nope'), response('app'))).explanation).toContain(
      'No route in app.ts matches GET /nope.',
    );
  });

  test('says that a request has no answer yet', () => {
    expect(codeOf(exchangeOf(request('GET', 'https://shop.example/me'))).explanation).toContain(
      'This request has no answer yet',
    );
  });
});
