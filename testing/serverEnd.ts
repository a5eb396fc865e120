/** For tests: how the server ends. */
import { Redis } from 'ioredis';
import { expect, vi } from 'vitest';
import type { OpenedSandbox } from '../scenarios/engine/api.ts';
import { openStream } from './page/eventStream.ts';
import { startTestServer } from './redisServer.ts';
import { startServer, startServerProcess } from './serverProcess.ts';

/** Expects that the server ends by itself, with one sentence that holds no password and no stack trace. */
export async function expectToEnd(env: Record<string, string>, exitCode: number, words: RegExp): Promise<void> {
  const ended = await startServerProcess(env).ended;
  expect(ended).toMatchObject({ code: exitCode, out: '' });
  expect(ended.err).toMatch(/^[^\n]+\n$/);
  expect(ended.err).toMatch(words);
  expect(ended.err).not.toMatch(/hunter2|\bat \S+:\d+|node:|Error:/);
}

/** Expects that a signal makes the server end steps and streams, and leave in Redis only the keys of others. */
export async function expectToStopCleanly(signal: NodeJS.Signals): Promise<void> {
  const redisServer = await startTestServer();
  const redis = new Redis(redisServer.url);
  await redis.set('key-of-another-program', 'x');
  const server = await startServer({ REDIS_URL: redisServer.url });
  const post = (path: string, body: object) =>
    fetch(`${server.url}/api/sandboxes${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const make = async (choice: object): Promise<OpenedSandbox> =>
    (await post('', { variant: 'vulnerable', store: 'real', ...choice })).json();
  await make({ scenario: 'forced-logout-one-device', playTo: 4 });
  const waiting = await make({ scenario: 'idle-timeout', pace: 'real' });
  const stream = await openStream(server.port, waiting.id);
  const step = post(`/${waiting.id}/steps`, { upTo: waiting.header.scenario.steps.length }).catch(() => null);
  await vi.waitFor(() => expect(stream.events.some(({ type }) => type === 'key')).toBe(true), { timeout: 20_000 });
  expect(await redis.dbsize()).toBeGreaterThan(3);

  server.child.kill(signal);
  expect(await server.ended).toMatchObject({ code: 0, signal: null, err: '' });
  expect(await redis.keys('*')).toEqual(['key-of-another-program']);
  expect(stream.events.at(-1)).toMatchObject({ type: 'ended', why: 'The server was stopped.' });
  await step;
  redis.disconnect();
  await redisServer.stop();
}
