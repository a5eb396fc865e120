import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createObservedJar } from './observedJar.ts';

const url = new URL('http://3f2a90c1d4e7.localhost:3000/me');
/** fetch() on a page of that host. */
const context = { url, method: 'GET', initiator: url, navigation: false };
const login = '__Host-sid=abc; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=60';

let jar: ReturnType<typeof createObservedJar>;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
  jar = createObservedJar();
});
afterEach(() => vi.useRealTimers());

const held = () => jar.list(0).map(({ name, value, attributes = 'known' }) => `${name}=${value} ${attributes}`);

test('a Secure cookie with a __Host- name is stored over http here, as in Chromium', () => {
  expect(jar.receive(login, context)).toMatchObject({ outcome: 'stored' });
  expect(jar.list(0)).toEqual([
    {
      ...{ name: '__Host-sid', value: 'abc', domain: '3f2a90c1d4e7.localhost', hostOnly: true, path: '/' },
      ...{ secure: true, httpOnly: true, sameSite: 'Lax', expiresAt: 60_000 },
    },
  ]);
  expect(jar.sent(context, '__Host-sid=abc')).toEqual({
    cookies: [{ name: '__Host-sid', value: 'abc', sent: true, why: 'host, path and scheme match' }],
    changed: false,
  });
});

test('a cookie for the domain of the shop or for localhost is refused, as in Chromium', () => {
  expect(jar.receive('sid=1; Domain=shop.example', context).outcome).toBe('refused');
  expect(jar.receive('sid=1; Domain=localhost', context).outcome).toBe('refused');
  expect(held()).toEqual([]);
});

test('a cookie that is missing from a request is removed', () => {
  jar.receive(login, context);
  const { cookies, changed } = jar.sent(context, undefined);
  expect(cookies).toEqual([{ name: '__Host-sid', value: 'abc', sent: false, why: 'your browser no longer has it' }]);
  expect(changed).toBe(true);
  expect(held()).toEqual([]);
});

test('a cookie that does not belong to the request stays', () => {
  jar.receive('basket=1; Path=/basket', context);
  expect(jar.sent(context, undefined)).toMatchObject({ changed: false, cookies: [{ name: 'basket', sent: false }] });
  expect(held()).toEqual(['basket=1 known']);
});

test('a cookie that was never set has a name and a value only', () => {
  const { cookies, changed } = jar.sent(context, 'theme=dark; __Host-sid=made-up');
  expect(cookies.map(({ name, sent, why }) => [name, sent, why])).toEqual([
    ['theme', true, 'your browser has it, but the sandbox has not seen it being set'],
    ['__Host-sid', true, 'your browser has it, but the sandbox has not seen it being set'],
  ]);
  expect(changed).toBe(true);
  expect(held()).toEqual(['theme=dark unknown', '__Host-sid=made-up unknown']);
  expect(jar.sent(context, 'theme=dark; __Host-sid=made-up').changed).toBe(false);
  jar.receive(login.replace('abc', 'made-up'), context);
  expect(held()).toEqual(['theme=dark unknown', '__Host-sid=made-up known']);
});

test('an edited cookie replaces the previous one, whose attributes return with the old value', () => {
  jar.receive(login, context);
  const edited = jar.sent(context, '__Host-sid=abd');
  expect(edited.cookies.map(({ value, sent }) => [value, sent])).toEqual([
    ['abd', true],
    ['abc', false],
  ]);
  expect(held()).toEqual(['__Host-sid=abd unknown']);
  jar.sent(context, '__Host-sid=abc');
  expect(held()).toEqual(['__Host-sid=abc known']);
});

test('a cookie that the server deletes is removed, and an expired one is not missed', () => {
  jar.receive(login, context);
  expect(jar.receive('__Host-sid=; Path=/; Secure; Max-Age=0', context).outcome).toBe('removed');
  expect(jar.sent(context, undefined)).toEqual({ cookies: [], changed: false });
  jar.receive(login, context);
  vi.setSystemTime(1_000_000 + 61_000);
  expect(jar.sent(context, undefined)).toMatchObject({ changed: false, cookies: [{ sent: false }] });
  expect(held()).toEqual([]);
});

test('a jump in sandbox time does not shorten the lifetime of a real browser’s cookie', () => {
  jar.receive(login, context);
  expect(jar.list(1000).at(0)?.expiresAt).toBe(61_000);
  expect(jar.list(3_601_000).at(0)?.expiresAt).toBe(3_661_000);
});

test.each([
  ['', 0],
  [';;', 0],
  ['=', 0],
  ['alone', 1],
  ['a=1;b=2', 2],
  ['a==; a=', 2],
])('the Cookie header "%s" has %i cookies', (header, count) => {
  expect(jar.sent(context, header).cookies).toHaveLength(count);
});
