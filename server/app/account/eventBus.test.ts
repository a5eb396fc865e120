import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
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
    await vi.waitFor(() => expect(heard).toEqual([event, { ...event, userId: 2 }]));
  }
  expect(logged).toEqual([]);
  for (const { bus, redis } of instances) {
    bus.close();
    redis.disconnect();
  }
});

test('an event that cannot be published is an error for the caller', async () => {
  const redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, lazyConnect: true });
  await redis.connect();
  const bus = await createEventBus(redis, () => {});
  redis.disconnect();
  await expect(bus.events.publish({ userId: 1, name: 'order_placed', data: {} })).rejects.toThrow();
  bus.close();
});
