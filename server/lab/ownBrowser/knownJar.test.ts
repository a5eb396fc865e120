import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKnownJar } from './knownJar.ts';

const url = new URL('http://3f2a90c1d4e7.localhost:3000/me');
/** fetch() of the page at that host. */
const context = { url, method: 'GET', initiator: url, navigation: false };
const login = '__Host-sid=abc; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=60';

let jar: ReturnType<typeof createKnownJar>;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
  jar = createKnownJar();
});
afterEach(() => vi.useRealTimers());

const held = () => jar.list(0).map(({ name, value, attributes = 'known' }) => `${name}=${value} ${attributes}`);

test('a Secure cookie with a __Host- name is taken over http here, as Chromium takes it', () => {
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

test('a cookie for the shop’s domain, or for all of localhost, is refused as Chromium refuses it', () => {
  expect(jar.receive('sid=1; Domain=shop.example', context).outcome).toBe('refused');
  expect(jar.receive('sid=1; Domain=localhost', context).outcome).toBe('refused');
  expect(held()).toEqual([]);
});

test('a cookie that does not come back is gone from the browser', () => {
  jar.receive(login, context);
  const { cookies, changed } = jar.sent(context, undefined);
  expect(cookies).toEqual([
    { name: '__Host-sid', value: 'abc', sent: false, why: 'your browser does not have it any more' },
  ]);
  expect(changed).toBe(true);
  expect(held()).toEqual([]);
});

test('a cookie that rightly stays behind is still there', () => {
  jar.receive('basket=1; Path=/basket', context);
  expect(jar.sent(context, undefined)).toMatchObject({ changed: false, cookies: [{ name: 'basket', sent: false }] });
  expect(held()).toEqual(['basket=1 known']);
});

test('of a cookie that was not seen to be set, only name and value are known', () => {
  const { cookies, changed } = jar.sent(context, 'theme=dark; __Host-sid=made-up');
  expect(cookies.map(({ name, sent, why }) => [name, sent, why])).toEqual([
    ['theme', true, 'your browser has it; that it was set was not seen here'],
    ['__Host-sid', true, 'your browser has it; that it was set was not seen here'],
  ]);
  expect(changed).toBe(true);
  expect(held()).toEqual(['theme=dark unknown', '__Host-sid=made-up unknown']);
  expect(jar.sent(context, 'theme=dark; __Host-sid=made-up').changed).toBe(false);
  jar.receive(login.replace('abc', 'made-up'), context);
  expect(held()).toEqual(['theme=dark unknown', '__Host-sid=made-up known']);
});

test('an edited cookie takes the place of the one before, and is known again when it is put back', () => {
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

test('a cookie removed by the server is removed, and one that has run out is not asked after', () => {
  jar.receive(login, context);
  expect(jar.receive('__Host-sid=; Path=/; Secure; Max-Age=0', context).outcome).toBe('removed');
  expect(jar.sent(context, undefined)).toEqual({ cookies: [], changed: false });
  jar.receive(login, context);
  vi.setSystemTime(1_000_000 + 61_000);
  expect(jar.sent(context, undefined)).toMatchObject({ changed: false, cookies: [{ sent: false }] });
  expect(held()).toEqual([]);
});

test('a jump of sandbox time leaves a real browser’s cookie what it has to live', () => {
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
])('a Cookie header "%s" has its cookies', (header, count) => {
  expect(jar.sent(context, header).cookies).toHaveLength(count);
});
