import { expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { Message } from './hosts.ts';
import { createSharedCache } from './sharedCache.ts';

const ask = (path: string, headers: Header[] = [], method = 'GET'): Message => ({
  ...{ method, url: new URL(path, 'https://shop.example'), body: null, address: '203.0.113.1' },
  headers: [['Host', 'shop.example'], ...headers],
});
const answer = (headers: Header[], status = 200) => ({ status, statusText: '', headers, body: 'for alice' });
const control = (value: string): Header => ['Cache-Control', value];
const cookie: Header = ['Set-Cookie', 'sid=1'];

test.each<[what: string, headers: Header[], kept: boolean]>([
  ['public for a minute', [control('public, max-age=60')], true],
  ['for a minute, and nobody says for whom', [control('max-age=60')], true],
  ['for a minute, with a cookie in it', [control('public, max-age=60'), cookie], true],
  ['for shared caches only', [control('s-maxage=60')], true],
  ['not at all', [control('no-store')], false],
  ['for one visitor', [control('private, max-age=60')], false],
  ['that is too old at once', [control('max-age=0')], false],
  ['that must be asked for again', [control('no-cache, max-age=60')], false],
  ['that says nothing', [], false],
])('an answer to be kept %s is given to the next visitor: %j → %s', (_, headers, kept) => {
  const cache = createSharedCache();
  cache.keep(ask('/me'), answer(headers));
  expect(cache.find(ask('/me'))?.body).toBe(kept ? 'for alice' : undefined);
});

test('each address has its own entry, and what changes something none', () => {
  const cache = createSharedCache();
  cache.keep(ask('/me'), answer([control('max-age=60')]));
  expect(cache.find(ask('/me?again'))).toBeUndefined();
  expect(cache.find(ask('/me', [], 'POST'))).toBeUndefined();
  cache.keep(ask('/basket', [], 'POST'), answer([control('max-age=60')]));
  expect(cache.find(ask('/basket'))).toBeUndefined();
});

test('an answer that varies by cookie is given only to whoever sends the same one', () => {
  const cache = createSharedCache();
  cache.keep(ask('/me', [['Cookie', 'sid=1']]), answer([control('max-age=60'), ['Vary', 'Cookie']]));
  expect(cache.find(ask('/me', [['Cookie', 'sid=1']]))).toBeDefined();
  expect(cache.find(ask('/me', [['Cookie', 'sid=2']]))).toBeUndefined();
});

test('to a request with credentials in Authorization nothing is kept that is not said to be public', () => {
  const cache = createSharedCache();
  cache.keep(ask('/me', [['Authorization', 'Bearer x']]), answer([control('max-age=60')]));
  expect(cache.find(ask('/me'))).toBeUndefined();
});
