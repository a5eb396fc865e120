import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Catalogue, OpenedSandbox, RecordedRun } from '../scenarios/engine/api.ts';
import { eventually } from '../testing/eventually.ts';
import { addNeighbors, type Neighbors } from '../testing/neighbors.ts';
import { openStream } from '../testing/page/eventStream.ts';
import { hasSignals, startTestServer, type TestServer } from '../testing/redisServer.ts';
import { expectToEnd, expectToStopCleanly } from '../testing/serverEnd.ts';
import { type RunningServer, startServer } from '../testing/serverProcess.ts';
import { scenarioTemplate } from './cli/scenarioTemplate.ts';
import { freePort } from './redis/guard.ts';

describe('the server ends with one sentence and', () => {
  test.each(['http', '-1', '65536', '1e3', ' '])('exit code 2 when PORT is "%s"', (port) =>
    expectToEnd({ PORT: port }, 2, /PORT must be a number from 0 to 65535/),
  );

  test('exit code 2 when HOST is not an address of this machine', () =>
    expectToEnd({ HOST: '203.0.113.9' }, 2, /HOST=203\.0\.113\.9 is not an address of this machine/));

  test('exit code 2 when HOST has no address', () =>
    expectToEnd({ HOST: 'nowhere.invalid' }, 2, /HOST=nowhere\.invalid is not an address of this machine/));

  test.each(['hunter2', 'redis://:12#hunter2@127.0.0.1'])('exit code 2 when REDIS_URL is %s', (url) =>
    expectToEnd({ REDIS_URL: url }, 2, /REDIS_URL/),
  );

  test('exit code 3 when nothing listens at REDIS_URL', async () =>
    expectToEnd({ REDIS_URL: `redis://:hunter2@127.0.0.1:${await freePort()}` }, 3, /nothing listens there/));

  test('exit code 3 when the password in REDIS_URL is wrong', async () => {
    const redis = await startTestServer({ password: 'right' });
    await expectToEnd({ REDIS_URL: `redis://:hunter2@127.0.0.1:${redis.port}` }, 3, /refuses the user and password/);
    await redis.stop();
  });

  test('exit code 3 when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expectToEnd({ PORT: String(port) }, 3, new RegExp(`Port ${port} is in use.*PORT=`));
    other.close();
  });

  test.skipIf(!hasSignals)('exit code 3 when Redis is frozen', async () => {
    const redis = await startTestServer();
    await redis.freeze();
    await expectToEnd({ REDIS_URL: redis.url }, 3, /does not answer in time/);
    await redis.stop();
  });
});

test('npm start has scenario files and options as serve has them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'lesson.ts'), scenarioTemplate('lesson'));
  const server = await startServer({ INIT_CWD: folder, PORT: 'http' }, ['./lesson.ts', '--port', '0']);
  const { scenarios } = (await (await fetch(`${server.url}/api/catalogue`)).json()) as Catalogue;
  await server.stop();
  expect(scenarios.at(-1)?.slug).toBe('lesson');
  expect(server.written.err).toBe('');
});

test.skipIf(!hasSignals).each(['SIGINT', 'SIGTERM'] as const)(
  'after %s it ends its sandboxes, deletes their keys and exits with 0',
  expectToStopCleanly,
);

test('the run that the first page shows is recorded before anybody asks for it', async () => {
  const server = await startServer({});
  await sleep(5_000);
  const asked = Date.now();
  const { trace } = (await (await fetch(`${server.url}/api/recorded-run`)).json()) as RecordedRun;
  server.child.kill();
  await server.ended;
  expect(trace.header.startedAt).toBeLessThan(asked);
  expect(trace.events.at(-1)!.at).toBeGreaterThan(0);
});

describe.skipIf(!hasSignals)('a server on a real Redis that others use', () => {
  let redis: TestServer;
  let owner: Redis;
  let neighbors: Neighbors;
  let server: RunningServer;
  beforeEach(async () => {
    redis = await startTestServer();
    owner = new Redis(redis.url);
    neighbors = await addNeighbors(owner);
    server = await startServer({ REDIS_URL: redis.url });
  });
  afterEach(async () => {
    redis.thaw();
    server.child.kill('SIGKILL');
    await server.ended;
    neighbors.leave();
    owner.disconnect();
    await redis.stop();
  });

  const post = (path: string, body: object) =>
    fetch(`${server.url}/api/sandboxes${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const open = async (playTo: number): Promise<OpenedSandbox> =>
    (await post('', { scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo })).json();
  const ours = async () => (await owner.keys('sandbox:*')).filter((name) => /^sandbox:[0-9a-f]{12}:/.test(name));

  test('leaves after SIGKILL only keys that expire, and nothing of others is changed', async () => {
    await open(5);
    server.child.kill('SIGKILL');
    await server.ended;
    const names = await ours();
    expect(names).not.toEqual([]);
    for (const name of names) expect(await owner.pttl(name)).toBeGreaterThan(0);
    await owner.del(names);
    await neighbors.expectUnchanged();
  });

  test('ends at once when Ctrl-C is pressed twice, even while Redis is frozen', async () => {
    await open(3);
    await redis.freeze();
    server.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    server.child.kill('SIGINT');
    expect((await server.ended).code).toBe(1);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('goes on when the reader of its output has left', async () => {
    server.child.stdout.destroy();
    server.child.stderr.destroy();
    const { id } = await open(1);
    const body = { do: 'redis', line: 'SET note x EX 60' };
    expect((await post(`/${id}/actions`, body)).status).toBe(200);
    expect((await open(5)).id).toMatch(/^[0-9a-f]{12}$/);
  });

  test('that is stopped for a while says of the keys that are over then that they have expired', async () => {
    const { id } = await open(1);
    const stream = await openStream(server.port, id);
    await post(`/${id}/actions`, { do: 'redis', line: 'SET note x PX 1500' });
    server.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 4000));
    server.child.kill('SIGCONT');
    const gone = () =>
      stream.events.find((event) => event.type === 'key' && event.key.endsWith(':note') && event.value === null);
    await vi.waitFor(() => expect(gone()).toMatchObject({ change: 'expired', cause: { by: 'time' } }), {
      timeout: 5000,
    });
    expect((await post(`/${id}/steps`, { upTo: 5 })).status).toBe(200);
  });
});

test.skipIf(!hasSignals)(
  'a step that waits while its machine sleeps for a minute fails with the reason, and answers nothing',
  async () => {
    const server = await startServer();
    const post = (path: string, body: object) =>
      fetch(`${server.url}/api/sandboxes${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    const choice = { scenario: 'idle-timeout', variant: 'protected', store: 'mock', pace: 'real', playTo: 2 };
    const { id } = (await (await post('', choice)).json()) as OpenedSandbox;
    const stream = await openStream(server.port, id);
    const step = post(`/${id}/steps`, { upTo: 3 });
    await vi.waitFor(() => expect(stream.events.at(-1)).toMatchObject({ type: 'wait' }), 10_000);
    server.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    server.child.kill('SIGCONT');
    await step;
    const ended = () => stream.events.find((event) => event.type === 'step-ended' && event.step === 2);
    await eventually(() =>
      expect(ended()).toMatchObject({ error: expect.stringMatching(/slept or was blocked for 5\d s/) }),
    );
    expect(stream.events.some((event) => event.type === 'ask' && event.step === 2)).toBe(false);
    // The next lesson is not affected.
    expect((await post('', { ...choice, pace: 'jump', playTo: 6 })).status).toBe(201);
    await server.stop();
  },
);

test.skipIf(!hasSignals)('the redis-server that it has started ends with it after SIGKILL', async () => {
  // A port on which nothing listens, so that it looks for a program to start.
  const server = await startServer();
  const made = await fetch(`${server.url}/api/sandboxes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo: 1 }),
  });
  const { header } = (await made.json()) as OpenedSandbox;
  const port = Number(header.address.split(':')[1]);
  server.child.kill('SIGKILL');
  await server.ended;
  if (port === 6379) return;
  await vi.waitFor(
    async () => {
      const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
      client.on('error', () => {});
      await expect(client.connect()).rejects.toThrow();
    },
    { timeout: 3000 },
  );
});
