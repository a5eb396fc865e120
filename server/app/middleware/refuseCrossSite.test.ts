import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, openShop, type Shop } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

let redis: MockRedis;
let shop: Shop;

beforeEach(async () => {
  redis = createMockRedis();
  shop = await openShop(await redis.connect(''));
});
afterEach(async () => {
  await closeShops();
  await redis.close();
});

const cases: [from: string, headers: Record<string, string>, status: number][] = [
  ['a page of ours', { 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['a person, by the address bar', { 'Sec-Fetch-Site': 'none' }, 200],
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['a sibling subdomain', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ['something nobody knows yet', { 'Sec-Fetch-Site': 'same-planet' }, 403],
  ['a program that is no browser', {}, 200],
  ['an old browser on a page of another site', { Origin: 'https://evil.example' }, 403],
  ['an old browser on a page without an origin', { Origin: 'null' }, 403],
];

// <form method="post" action="https://shop.example/auth/login">, sent by itself
test.each(cases)('a login from %s', async (_, headers, status) => {
  const answer = await shop.send('/auth/login', { method: 'POST', body: alice, headers });
  expect(answer.status).toBe(status);
  expect(shop.audited.some(({ name }) => name === 'csrf_refused')).toBe(status === 403);
  expect(await shop.sids()).toHaveLength(status === 403 ? 0 : 1);
});

test('an old browser on our own page is let through, over https only; what a new one says counts more', async () => {
  const login = (headers: Record<string, string>) => shop.send('/auth/login', { method: 'POST', body: alice, headers });
  const ours = { Origin: shop.origin };
  expect((await login(ours)).status).toBe(200);
  expect((await login({ Origin: shop.origin.replace('https:', 'http:') })).status).toBe(403);
  expect((await login({ ...ours, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
});

test('what only asks is answered wherever it comes from: a link from another site works', async () => {
  expect((await shop.send('/', { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(200);
});
