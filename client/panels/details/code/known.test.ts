import { describe, expect, test } from 'vitest';
import { type Exchange, read } from '../../../../scenarios/engine/read.ts';
import { header, type Sketch, traceOf } from '../../../../testing/trace.ts';
import { handlerOf, knownOf, routeOf } from './known.ts';
import { sources } from './sources.ts';

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
  const route = routeOf(sources, method, path)!;
  expect(route.handler).toBe(handler);
  expect(sources['server/app/app.ts']!.split('\n')[route.line - 1]).toContain(`${handler}(`);
  expect(handlerOf(sources, handler, null)).not.toBeNull();
});

test.each([
  ['GET', '/auth/login'],
  ['GET', '/users'],
  ['GET', '/nothing'],
])('%s %s has no route', (method, path) => {
  expect(routeOf(sources, method, path)).toBeNull();
});

test('the handler is the one in the weakness when the weakness replaces it', () => {
  const weak = handlerOf(sources, 'logout', 'logout-clears-only-the-cookie');
  expect(weak?.file).toBe('server/weaknesses/logout-clears-only-the-cookie.ts');
  expect(handlerOf(sources, 'logout', 'login-keeps-session-id')?.file).toBe('server/app/auth/login.ts');
});

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
const response = (by: string): Sketch => ({
  type: 'response',
  request: 1,
  status: 200,
  statusText: 'OK',
  headers: [],
  body: '',
  ms: 1,
  by,
  cookies: [],
});
const exchangeOf = (...sketches: Sketch[]): Exchange => read(traceOf(...sketches)).exchanges[0]!;

describe('a request without known lines', () => {
  const known = (exchange: Exchange, weakness: string | null = null) =>
    knownOf(sources, { ...header, variant: 'vulnerable', scenario: { ...header.scenario, weakness } }, exchange);
  const login = exchangeOf(request('POST', 'https://shop.example/auth/login'), response('app'));

  test('shows the route and the handler, and says that the lines are not known', () => {
    const { sentence, excerpts } = known(login);
    expect(sentence).toContain('The trace does not name the lines that ran');
    expect(excerpts.map(({ file }) => file)).toEqual(['server/app/app.ts', 'server/app/auth/login.ts']);
  });

  test('shows the weakness, of a vulnerable app only', () => {
    expect(known(login, 'login-keeps-session-id').excerpts.at(-1)?.file).toBe(
      'server/weaknesses/login-keeps-session-id.ts',
    );
    const fixed = { ...header, scenario: { ...header.scenario, weakness: 'login-keeps-session-id' } };
    expect(knownOf(sources, fixed, login).excerpts).toHaveLength(2);
  });

  test('shows a weakness that is the handler only once', () => {
    const logout = exchangeOf(request('POST', 'https://shop.example/auth/logout'), response('app'));
    expect(known(logout, 'logout-clears-only-the-cookie').excerpts).toHaveLength(2);
  });

  test.each([
    ['https://evil.example', 'another site'],
    ['cache', 'The shared cache answered'],
  ])('shows no code of the app when %s answered', (by, words) => {
    const { sentence, excerpts } = known(exchangeOf(request('GET', 'https://shop.example/me'), response(by)));
    expect([sentence, excerpts]).toEqual([expect.stringContaining(words), []]);
  });

  test('says that a path has no route', () => {
    expect(known(exchangeOf(request('GET', 'https://shop.example/nope'), response('app'))).sentence).toContain(
      'No route in app.ts matches GET /nope.',
    );
  });

  test('says that a request has no answer yet', () => {
    expect(known(exchangeOf(request('GET', 'https://shop.example/me'))).sentence).toContain(
      'This request has no answer yet',
    );
  });
});
