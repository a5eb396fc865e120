/** For tests: what the server answers while it cannot reach a real Redis. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../scenarios/engine/trace.ts';
import { eventually } from './eventually.ts';
import { openStream } from './page/eventStream.ts';
import { startTestServer, type TestServer } from './redisServer.ts';
import type { Answer } from './sendTo.ts';
import { closeSites, openSite, type Site } from './site.ts';

/** No answer may take longer. Milliseconds. */
const longest = 2000;

/** Returns the answer, which must not take too long. */
async function inTime(asked: Promise<Answer>): Promise<Answer> {
  const started = performance.now();
  const answer = await asked;
  expect(performance.now() - started).toBeLessThan(longest);
  return answer;
}

const onReal = { scenario: 'session-fixation', variant: 'vulnerable', store: 'real' };
const keysIn = (events: readonly TraceEvent[]) =>
  events.flatMap((event) => (event.type === 'key' && event.value ? [event.key] : []));
const storeWords = (events: readonly TraceEvent[]) =>
  events.flatMap((event) => (event.type === 'store' ? [event.status] : []));

/**
 * Defines the tests of one way in which Redis is lost.
 *
 * @param all false: only what the sandbox alone does not show in server/lab/sandbox.lost.test.ts
 */
export function testLostRedis(how: 'frozen' | 'stopped', all: boolean): void {
  let redis: TestServer;
  let site: Site;
  beforeEach(async () => {
    redis = await startTestServer();
    site = await openSite({ redisUrl: redis.url });
  });
  afterEach(async () => {
    redis.thaw();
    await closeSites();
    await redis.stop();
  });

  const takeAway = {
    frozen: async () => redis.freeze(),
    stopped: () => redis.stop(),
  };
  const giveBack = {
    frozen: async () => redis.thaw(),
    stopped: async () => {
      redis = await startTestServer({ port: redis.port });
    },
  };

  describe(`while Redis is ${how}`, () => {
    test('a step ends, the trace shows why it failed, and later steps work again', async () => {
      const { id } = await site.openSandbox({ ...onReal, playTo: 1 });
      const stream = await openStream(site.port, id);
      await takeAway[how]();
      const { status, json } = await inTime(site.post(`/api/sandboxes/${id}/steps`, { upTo: 3 }));
      expect([status, json.played]).toEqual([200, 3]);
      expect(stream.events.some((event) => event.type === 'response' && event.status >= 500)).toBe(true);
      expect(stream.events).toContainEqual(expect.objectContaining({ type: 'command', reply: null }));
      await eventually(() => expect(storeWords(stream.events)).toEqual(['lost']));

      await giveBack[how]();
      await eventually(() => expect(storeWords(stream.events)).toEqual(['lost', 'back']));
      await inTime(site.post(`/api/sandboxes/${id}/steps`, { upTo: 5 }));
      const answers = stream.events.flatMap((event) => (event.type === 'response' ? [event.status] : []));
      // The login of step 3 failed, so nobody is logged in; but the app answers again.
      expect(answers.slice(-2)).toEqual([401, 401]);
    });

    test.runIf(all)('a jump in time is answered 503 and changes nothing', async () => {
      const { id } = await site.openSandbox({ ...onReal, playTo: 1 });
      await takeAway[how]();
      const { status, json } = await inTime(
        site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: 3_600_000 }),
      );
      expect(status).toBe(503);
      expect(json.error).toMatchObject({
        code: 'redis-lost',
        message: expect.stringContaining('Redis does not answer'),
      });
      expect(site.trace(id).events.filter(({ type }) => type === 'time')).toEqual([]);
      expect(site.sandboxes.find(id)!.now()).toBeLessThan(3_600_000);
    });

    test.runIf(all)('deleting a key is answered 503', async () => {
      const { id } = await site.openSandbox({ ...onReal, playTo: 1 });
      const [key] = keysIn(site.trace(id).events);
      await takeAway[how]();
      const { status, json } = await inTime(site.post(`/api/sandboxes/${id}/actions`, { do: 'delete-key', key }));
      expect(status).toBe(503);
      expect(json.error.code).toBe('redis-lost');
    });

    test('a new sandbox is answered 503, and opened when Redis is back', async () => {
      await site.openSandbox(onReal);
      await takeAway[how]();
      const { status, json } = await inTime(site.post('/api/sandboxes', onReal));
      expect(status).toBe(503);
      expect(json.error).toMatchObject({
        code: 'redis-unavailable',
        message: expect.stringContaining(String(redis.port)),
      });
      expect(site.sandboxes.size).toBe(1);
      await giveBack[how]();
      await eventually(async () => expect((await site.post('/api/sandboxes', onReal)).status).toBe(201));
    });

    test('its status is reported, and a sandbox on the mock is not affected', async () => {
      await site.openSandbox(onReal);
      const { id } = await site.openSandbox();
      await takeAway[how]();
      const { status, json } = await inTime(site.get('/api/redis'));
      expect(status).toBe(200);
      expect(json.real).toMatchObject({ available: false, reason: expect.stringMatching(/\.$/) });
      expect((await inTime(site.post(`/api/sandboxes/${id}/steps`, { upTo: 5 }))).json).toMatchObject({ played: 5 });
      expect(site.trace(id).events.filter(({ type }) => type === 'ask')).toHaveLength(4);

      await giveBack[how]();
      await eventually(async () => expect((await site.get('/api/redis')).json.real.available).toBe(true));
    });

    test.runIf(all)('a sandbox can be ended', async () => {
      const { id } = await site.openSandbox({ ...onReal, playTo: 3 });
      await takeAway[how]();
      expect((await inTime(site.delete(`/api/sandboxes/${id}`))).status).toBe(204);
    });
  });
}
