import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

let redis: MockRedis;
let app: TestApp;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

const bob = { email: 'bob@shop.example' };

test.each([
  ['/auth/forgot', { email: alice.email }, 20],
  ['/auth/register', bob, 20],
  ['/basket', { item: 'hat' }, 200],
])('%s is refused to one source address after %j: %i times', async (path, body, limit) => {
  const ask = (address: string) => app.visitor().post(path, body, { 'X-Forwarded-For': address });
  const answers = await Promise.all(Array.from({ length: limit + 3 }, () => ask('203.0.113.9')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(3);
  // 15 minutes after the first of them, which is a while ago on a busy machine.
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await ask('203.0.113.10')).status).toBeLessThan(300);
});

test('the addresses of one network of IPv6 are one source, and those of another network are another', async () => {
  const ask = (address: string) =>
    app.visitor().post('/auth/forgot', { email: alice.email }, { 'X-Forwarded-For': address });
  const answers = await Promise.all(Array.from({ length: 23 }, (_, host) => ask(`2001:db8:0:1::${host}`)));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
  expect((await ask('2001:db8:0:2::1')).status).toBe(202);
});

test('nobody gets more than five mails in 15 minutes, from however many addresses, and no answer says so', async () => {
  for (let number = 0; number < 4; number++) {
    const from = { 'X-Forwarded-For': `203.0.113.${number}` };
    for (const [path, body] of [
      ['/auth/forgot', { email: 'ALICE@shop.example' }],
      ['/auth/register', { email: alice.email }],
    ] as const) {
      expect((await app.visitor().post(path, body, from)).status).toBe(202);
    }
  }
  expect(app.mails).toHaveLength(5);
});
