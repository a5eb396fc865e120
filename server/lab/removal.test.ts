import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { endSandboxes, lessonOf, logIn, openSandbox } from '../../testing/lesson.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';

let server: TestServer;
let redisSwitch: RedisSwitch;
let owner: Redis;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  redisSwitch = createRedisSwitch({ url: server.url });
  owner = new Redis(server.url);
  await owner.set('key-of-another-program', 'x');
});
afterEach(async () => {
  server.thaw();
  await endSandboxes();
  owner.disconnect();
  await redisSwitch.close();
});

async function playedSandbox() {
  const sandbox = await openSandbox(redisSwitch, { scenario: lessonOf(logIn, logIn), store: 'real' });
  await sandbox.playTo(1);
  expect(await owner.keys('sandbox:*')).not.toEqual([]);
  return sandbox;
}
const expectNothingLeft = () =>
  vi.waitFor(async () => expect(await owner.keys('*')).toEqual(['key-of-another-program']), { timeout: 4000 });

test('a sandbox that ends while its connection is made anew leaves no key', async () => {
  for (let round = 0; round < 5; round++) {
    const sandbox = await playedSandbox();
    await owner.client('KILL', 'TYPE', 'NORMAL');
    await sandbox.end('enough');
    await expectNothingLeft();
  }
});

test('a step that is played while its connection breaks leaves no key either', async () => {
  for (let round = 0; round < 8; round++) {
    const sandbox = await playedSandbox();
    const step = sandbox.playTo(2);
    await new Promise((resolve) => setTimeout(resolve, round * 3));
    await owner.client('KILL', 'TYPE', 'NORMAL');
    await step;
    await sandbox.end('enough');
    await expectNothingLeft();
  }
});

test.skipIf(!hasSignals)(
  'a sandbox that ends while Redis is frozen ends in time, and its keys when Redis continues',
  async () => {
    const sandbox = await playedSandbox();
    await server.freeze();
    const started = performance.now();
    await sandbox.end('enough');
    expect(performance.now() - started).toBeLessThan(2000);
    server.thaw();
    await expectNothingLeft();
  },
);
