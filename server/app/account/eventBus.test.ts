import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { startTestServer, type TestServer } from '../../../testing/redisServer.ts';
import type { AccountEvent } from '../services.ts';
import { createEventBus } from './eventBus.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an event reaches every instance once, the one where it happened included', async () => {
  const logged: unknown[] = [];
  const instance = async () => {
    const redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, lazyConnect: true });
    await redis.connect();
    const bus = await createEventBus(redis, (error) => logged.push(error));
    const heard: AccountEvent[] = [];
    bus.events.subscribe((event) => void heard.push(event));
    return { redis, bus, heard };
  };
  const instances = [await instance(), await instance()];
  const event: AccountEvent = { userId: 1, name: 'order_placed', data: { id: 'a', things: ['hat'] } };
  await instances[0]!.bus.events.publish(event);
  await instances[0]!.bus.events.publish({ ...event, userId: 2 });
  for (const { heard } of instances) {
    await eventually(() => expect(heard).toEqual([event, { ...event, userId: 2 }]));
  }
  expect(logged).toEqual([]);
  for (const { bus, redis } of instances) {
    bus.close();
    redis.disconnect();
  }
});

test('a message of somebody else and a listener that fails go to the log, and later events arrive', async () => {
  const redis = new Redis(server.url);
  const logged: unknown[] = [];
  const bus = await createEventBus(redis, (error) => logged.push(error));
  const heard: number[] = [];
  bus.events.subscribe(async ({ userId }) => {
    if (userId === 0) throw new Error('It cannot handle this one.');
    heard.push(userId);
  });
  await redis.publish('account-events', 'not JSON');
  for (const userId of [0, 7]) await bus.events.publish({ userId, name: 'order_placed', data: {} });
  await eventually(() => expect(heard).toEqual([7]));
  expect(logged).toEqual([expect.any(SyntaxError), new Error('It cannot handle this one.')]);
  bus.close();
  redis.disconnect();
});

test('an event that cannot be published is an error for the caller', async () => {
  const redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, lazyConnect: true });
  await redis.connect();
  const bus = await createEventBus(redis, () => {});
  redis.disconnect();
  await expect(bus.events.publish({ userId: 1, name: 'order_placed', data: {} })).rejects.toThrow();
  bus.close();
});
