import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openStream } from '../testing/page/eventStream.ts';
import { hasSignals, startTestServer, type TestServer } from '../testing/redisServer.ts';
import { expectToEnd } from '../testing/serverEnd.ts';
import { startServer } from '../testing/serverProcess.ts';
import type { SandboxMade } from './api/contract.ts';
import { freePort } from './redis/guard.ts';

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of started.splice(0).reverse()) await it.stop();
});

async function serve(env: Record<string, string> = {}) {
  const server = await startServer(env);
  started.push(server);
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${server.url}/api${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  return { ...server, send };
}

async function redisServer(options?: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  started.push(server);
  return server;
}

/** One value of each kind; main.full.test.ts has the others. */
describe('the server ends with one sentence and', () => {
  test('exit code 3 when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    started.push({ stop: async () => void other.close() });
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expectToEnd({ PORT: String(port) }, 3, new RegExp(`Port ${port} is in use.*PORT=`));
  });

  test('exit code 2 when PORT is no number', () =>
    expectToEnd({ PORT: 'http' }, 2, /PORT must be a number from 0 to 65535/));

  test('exit code 2 when HOST is not an address of this machine', () =>
    expectToEnd({ HOST: '203.0.113.9' }, 2, /HOST=203\.0\.113\.9 is not an address of this machine/));

  test('exit code 2 when REDIS_URL is malformed', () =>
    expectToEnd({ REDIS_URL: 'redis://:12#hunter2@127.0.0.1' }, 2, /REDIS_URL/));

  test('exit code 3 when nothing listens at REDIS_URL', async () =>
    expectToEnd({ REDIS_URL: `redis://:hunter2@127.0.0.1:${await freePort()}` }, 3, /nothing listens there/));

  test('exit code 3 when the password in REDIS_URL is wrong', async () => {
    const { port } = await redisServer({ password: 'right' });
    await expectToEnd({ REDIS_URL: `redis://:hunter2@127.0.0.1:${port}` }, 3, /refuses the user and password/);
  });

  test.skipIf(!hasSignals)('exit code 3 when Redis is frozen', async () => {
    const { url, freeze } = await redisServer();
    await freeze();
    await expectToEnd({ REDIS_URL: url }, 3, /does not answer in time/);
  });
});

describe('the server runs', () => {
  test('on 127.0.0.1 only, prints its address in one line, and never shows a password', async () => {
    const { url } = await redisServer({ password: 'hunter2' });
    const { port, send, written } = await serve({ REDIS_URL: url });
    const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo: 5 };
    const answers = [await send('GET', '/redis'), await send('POST', '/sandboxes', choice)];
    expect(answers.map(({ status }) => status)).toEqual([200, 201]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(written.out).toMatch(new RegExp(`^Session Sandbox: http://127\\.0\\.0\\.1:${port} [^\\n]*\\n$`));
    expect(written.out + written.err + texts.join()).not.toContain('hunter2');
  });

  test.skipIf(!hasSignals).each(['SIGINT', 'SIGTERM'] as const)(
    'until %s: then steps and streams end, its keys are deleted from Redis and others are kept, and the exit code is 0',
    async (signal) => {
      const { url } = await redisServer();
      const redis = new Redis(url);
      await redis.set('somebodys-data', 'x');
      const { child, ended, port, send } = await serve({ REDIS_URL: url });
      const make = async (choice: object): Promise<SandboxMade> =>
        (await send('POST', '/sandboxes', { variant: 'vulnerable', store: 'real', ...choice })).json();
      await make({ scenario: 'forced-logout-one-device', playTo: 4 });
      const waiting = await make({ scenario: 'idle-timeout', pace: 'real' });
      const steps = waiting.header.scenario.steps.length;
      const stream = await openStream(port, waiting.id);
      const step = send('POST', `/sandboxes/${waiting.id}/steps`, { upTo: steps }).catch(() => null);
      await vi.waitFor(() => expect(stream.events.some(({ type }) => type === 'key')).toBe(true), { timeout: 5000 });
      expect(await redis.dbsize()).toBeGreaterThan(3);

      child.kill(signal);
      expect(await ended).toMatchObject({ code: 0, signal: null, err: '' });
      expect(await redis.keys('*')).toEqual(['somebodys-data']);
      expect(stream.events.at(-1)).toMatchObject({ type: 'ended', why: 'The server was stopped.' });
      await step;
      redis.disconnect();
    },
  );

  test.skipIf(!hasSignals)('until SIGTERM, also while Redis is frozen', async () => {
    const redis = await redisServer();
    const { child, ended, send } = await serve({ REDIS_URL: redis.url });
    const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo: 3 };
    expect((await send('POST', '/sandboxes', choice)).status).toBe(201);
    await redis.freeze();
    const started = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
