import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ResponseReceived } from '../../../scenarios/engine/trace.ts';
import { scenarios } from '../../../scenarios/index.ts';
import { endSandboxes, openSandbox } from '../../../testing/lesson.ts';
import { openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';

let stores: TestRedis;

beforeAll(async () => {
  stores = await openTestRedis('mock');
});
afterEach(endSandboxes);
afterAll(() => stores.close());

const statusAt = (port: number, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/', headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['memory-store-two-instances', ['app', 'app 2']],
  ['host-prefix', ['app', 'hats.example', 'https://blog.shop.example', 'http://shop.example']],
])('in %s, whoever answers has a port by that name, and answers there', async (slug, names) => {
  const scenario = scenarios.find((one) => one.slug === slug)!;
  const sandbox = await openSandbox(stores.redisSwitch, { scenario, variant: 'vulnerable' });
  expect(Object.keys(sandbox.ports).sort()).toEqual([...names].sort());
  expect(sandbox.ports.app).toBe(sandbox.port);
  await sandbox.playTo(scenario.steps.length);
  const answerers = sandbox.trace.events.filter((event): event is ResponseReceived => event.type === 'response');
  for (const by of new Set(answerers.map((response) => response.by))) {
    expect(await statusAt(sandbox.ports[by]!, 'shop.example'), by).toBeLessThan(500);
  }
});
