import { expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { HttpRequest } from './loopback.ts';
import { createSharedCache } from './sharedCache.ts';

const request = (path: string, headers: Header[] = [], method = 'GET'): HttpRequest => ({
  ...{ method, url: new URL(path, 'https://shop.example'), body: null, address: '203.0.113.1' },
  headers: [['Host', 'shop.example'], ...headers],
});
const response = (headers: Header[], status = 200) => ({ status, statusText: '', headers, body: 'for alice' });
const control = (value: string): Header => ['Cache-Control', value];
const cookie: Header = ['Set-Cookie', 'sid=1'];

test.each<[what: string, headers: Header[], stored: boolean]>([
  ['public for a minute', [control('public, max-age=60')], true],
  ['for a minute, without saying for whom', [control('max-age=60')], true],
  ['for a minute, with a cookie', [control('public, max-age=60'), cookie], true],
  ['for shared caches only', [control('s-maxage=60')], true],
  ['not to be stored', [control('no-store')], false],
  ['for one visitor', [control('private, max-age=60')], false],
  ['too old at once', [control('max-age=0')], false],
  ['to be validated each time', [control('no-cache, max-age=60')], false],
  ['without Cache-Control', [], false],
])('a response %s, %j, is given to the next visitor: %s', (_, headers, stored) => {
  const cache = createSharedCache(Date.now);
  cache.store(request('/me'), response(headers));
  expect(cache.find(request('/me'))?.body).toBe(stored ? 'for alice' : undefined);
});

test('each URL has its own entry, and only GET has one', () => {
  const cache = createSharedCache(Date.now);
  cache.store(request('/me'), response([control('max-age=60')]));
  expect(cache.find(request('/me?again'))).toBeUndefined();
  expect(cache.find(request('/me', [], 'POST'))).toBeUndefined();
  cache.store(request('/basket', [], 'POST'), response([control('max-age=60')]));
  expect(cache.find(request('/basket'))).toBeUndefined();
});

test('a response that varies by cookie is given only to a request with the same cookie', () => {
  const cache = createSharedCache(Date.now);
  cache.store(request('/me', [['Cookie', 'sid=1']]), response([control('max-age=60'), ['Vary', 'Cookie']]));
  expect(cache.find(request('/me', [['Cookie', 'sid=1']]))).toBeDefined();
  expect(cache.find(request('/me', [['Cookie', 'sid=2']]))).toBeUndefined();
});

test('a response to a request with Authorization is not stored unless it is public', () => {
  const cache = createSharedCache(Date.now);
  cache.store(request('/me', [['Authorization', 'Bearer x']]), response([control('max-age=60')]));
  expect(cache.find(request('/me'))).toBeUndefined();
});

test('a stored response grows older when time is jumped, and is given to nobody when it is too old', () => {
  let jumped = 0;
  const cache = createSharedCache(() => Date.now() + jumped);
  cache.store(request('/me'), response([control('max-age=60')]));
  jumped = 59_000;
  expect(cache.find(request('/me'))?.headers).toContainEqual(['Age', '59']);
  jumped = 61_000;
  expect(cache.find(request('/me'))).toBeUndefined();
});
