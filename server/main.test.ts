import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OpenedSandbox } from '../scenarios/engine/api.ts';
import { openStream } from '../testing/page/eventStream.ts';
import { hasSignals, startTestServer, type TestServer } from '../testing/redisServer.ts';
import { freePort } from './redis/guard.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const children: ChildProcess[] = [];
const servers: (TestServer | Server)[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await ('stop' in server ? server.stop() : server.close());
});

/** Starts the server in another process, on a free port unless `env` has PORT. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    // Variables of this machine must not change the result.
    env: { ...process.env, HOST: '', REDIS_URL: '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  return { child, output, ended };
}

/** Starts the server and waits until it prints its address. */
async function serve(env: Record<string, string> = {}) {
  const server = start(env);
  const port = await vi.waitFor(
    () => {
      const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(server.output.out);
      if (!address) throw new Error(`It did not print its address: ${JSON.stringify(server.output)}`);
      return Number(address[1]);
    },
    { timeout: 15_000, interval: 20 },
  );
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${port}/api${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  return { ...server, port, send };
}

async function redisServer(options?: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

describe('it ends with one sentence and', () => {
  async function expectSentence(env: Record<string, string>, code: number, words: RegExp) {
    const ending = await start(env).ended;
    expect(ending).toMatchObject({ code, out: '' });
    expect(ending.err).toMatch(/^[^\n]+\n$/);
    expect(ending.err).toMatch(words);
    expect(ending.err).not.toMatch(/hunter2|\bat \S+:\d+|node:|Error:/);
  }

  test('exit code 3 when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    servers.push(other);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expectSentence({ PORT: String(port) }, 3, new RegExp(`Port ${port} is in use.*PORT=`));
  });

  test.each(['http', '-1', '65536', '1e3', ' '])('exit code 2 for PORT="%s"', async (port) =>
    expectSentence({ PORT: port }, 2, /PORT must be a number from 0 to 65535/),
  );

  test.each([
    ['203.0.113.9', /HOST=203\.0\.113\.9 is not an address of this machine/],
    ['nowhere.invalid', /HOST=nowhere\.invalid is not an address of this machine/],
  ])('exit code 2 for HOST="%s"', async (host, words) => expectSentence({ HOST: host }, 2, words));

  test.each(['hunter2', 'redis://:12#hunter2@127.0.0.1'])('exit code 2 for REDIS_URL="%s"', async (url) =>
    expectSentence({ REDIS_URL: url }, 2, /REDIS_URL/),
  );

  test('exit code 3 when nothing listens at REDIS_URL', async () =>
    expectSentence({ REDIS_URL: `redis://:hunter2@127.0.0.1:${await freePort()}` }, 3, /nothing listens there/));

  test('exit code 3 when the password in REDIS_URL is wrong', async () => {
    const { port } = await redisServer({ password: 'right' });
    await expectSentence({ REDIS_URL: `redis://:hunter2@127.0.0.1:${port}` }, 3, /refuses the user and password/);
  });

  test.skipIf(!hasSignals)('exit code 3 when Redis is frozen', async () => {
    const { url, freeze } = await redisServer();
    await freeze();
    await expectSentence({ REDIS_URL: url }, 3, /does not answer in time/);
  });
});

describe('it runs', () => {
  test('on 127.0.0.1 only, prints its address in one line, and never prints a password', async () => {
    const { url } = await redisServer({ password: 'hunter2' });
    const { port, send, output } = await serve({ REDIS_URL: url });
    const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo: 5 };
    const answers = [await send('GET', '/redis'), await send('POST', '/sandboxes', choice)];
    expect(answers.map(({ status }) => status)).toEqual([200, 201]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(output.out).toMatch(new RegExp(`^Session Sandbox: http://127\\.0\\.0\\.1:${port} [^\\n]*\\n$`));
    expect(output.out + output.err + texts.join()).not.toContain('hunter2');
  });

  test.skipIf(!hasSignals).each(['SIGINT', 'SIGTERM'] as const)(
    'until %s: steps and streams end, its keys are deleted and no others, and the exit code is 0',
    async (signal) => {
      const { url } = await redisServer();
      const redis = new Redis(url);
      await redis.set('somebodys-data', 'x');
      const { child, ended, port, send } = await serve({ REDIS_URL: url });
      const make = async (choice: object): Promise<OpenedSandbox> =>
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
