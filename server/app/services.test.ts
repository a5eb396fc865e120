import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';
import { loggingFailures } from './services.ts';

let redis: MockRedis;

beforeEach(() => {
  redis = createMockRedis();
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

test('a mail that cannot be sent is in the log, and the answer is the usual one', async () => {
  const failure = new Error('550 no such mailbox');
  const app = await openApp(await redis.connect(''), { mail: () => Promise.reject(failure) });
  const known = await app.visitor().post('/auth/forgot', { email: alice.email });
  const unknown = await app.visitor().post('/auth/forgot', { email: 'nobody@shop.example' });
  expect([known.status, known.text]).toEqual([202, unknown.text]);
  expect(app.logged).toEqual([failure]);
});

test('a mail service that throws at once does not fail the request either', async () => {
  const logged: unknown[] = [];
  const mail = () => {
    throw new Error('no connection');
  };
  const services = { mail, log: (error: unknown) => logged.push(error) } as unknown as Parameters<
    typeof loggingFailures
  >[0];
  await loggingFailures(services)({ to: alice.email, subject: '', text: '' });
  expect(logged).toHaveLength(1);
});

test('an event that cannot be published is in the log, and the order is placed', async () => {
  const failure = new Error('Redis is away');
  const events = { publish: () => Promise.reject(failure), subscribe: () => {} };
  const app = await openApp(await redis.connect(''), { events });
  const person = await app.loggedIn(alice);
  expect((await person.post('/orders')).status).toBe(201);
  expect(app.logged).toEqual([failure]);
});
