import { expect, test } from 'vitest';
import { handlerOf, routeOf } from './route.ts';
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
])('%s %s is answered by %s', (method, path, handler) => {
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

test('a weakness that replaces the handler is what answers', () => {
  const weak = handlerOf(sources, 'logout', 'logout-clears-only-the-cookie');
  expect(weak?.file).toBe('server/weaknesses/logout-clears-only-the-cookie.ts');
  expect(handlerOf(sources, 'logout', 'login-keeps-session-id')?.file).toBe('server/app/routes/auth.ts');
});
