import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { trace as traceSchema } from '../../scenarios/engine/trace.ts';
import { verdict } from '../../scenarios/engine/whoIsWhoText.ts';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { tinyRecipe } from '../../testing/tinyShop.ts';
import { check } from './check.ts';
import { target } from './target.ts';

declare module 'express-session' {
  interface SessionData {
    customer: string;
  }
}

let redis: TestServer;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  redis = await startTestServer({ password: 'p4ss-of-redis' });
});
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  await redis.stop();
});

/** A shop that keeps the session id at login, and its records in Redis. */
async function startShop(client: Redis): Promise<string> {
  const passwords: Record<string, string> = { alice: 'rabbit-hole-7', mallory: 'look-at-me-9' };
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  const store = new RedisStore({ client, prefix: 'shop:', ttl: 60 });
  app.use(session({ store, name: 'sid', secret: 'a secret', resave: false, saveUninitialized: true }));
  app.post('/login', (req, res) => {
    const { name, password } = req.body;
    if (passwords[name] !== password) return void res.status(401).json({});
    req.session.customer = name;
    res.json({});
  });
  app.get('/me', (req, res) => void res.json({ name: req.session.customer ?? null }));
  app.post('/logout', (req, res) => req.session.destroy(() => res.clearCookie('sid').json({})));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the records of the app are in the traces, and nothing is written or changed', async () => {
  const client = new Redis(redis.url);
  const asking = new Redis(redis.url);
  const monitor = await asking.monitor();
  closing.push(
    () => client.disconnect(),
    () => asking.disconnect(),
    () => monitor.disconnect(),
  );
  const [, ofApp] = /\baddr=(\S+)/.exec(String(await client.client('INFO')))!;
  const others = new Set<string>();
  monitor.on('monitor', (_time, [command = ''], source) => {
    if (source !== ofApp) others.add(command.toLowerCase());
  });
  const origin = await startShop(client);

  const { sessions: _, change: __, ...recipe } = tinyRecipe(origin);
  const report = await check(target(recipe), {
    rate: Number.POSITIVE_INFINITY,
    redis: { url: redis.url, prefix: 'shop:' },
  });
  const fixation = report.traces().get('fixation-frozen-id')!;

  expect(report.findings.find(({ id }) => id === 'fixation-frozen-id')!.verdict).toBe('fails');
  expect(traceSchema.safeParse(fixation).error).toBe(undefined);
  const records = fixation.events.filter((event) => event.type === 'key');
  const last = records.at(-1)!;
  expect(last.key).toMatch(/^shop:.+…$/);
  expect(last.value).toMatchObject({ data: expect.stringContaining('"customer":"alice"') });
  expect(last.expiresAt! - last.at).toBeGreaterThan(50_000);
  // The record is that of Mallory's cookie, and was written in the step in which Alice logged in.
  expect(last.sid).toBe(fixation.events.findLast((event) => event.type === 'request')!.sid);
  expect(records.find(({ value }) => JSON.stringify(value).includes('alice'))!.step).toBe(2);
  expect(verdict(read(fixation))).toMatchObject({ tone: 'danger', text: 'Mallory got the account page as Alice.' });

  expect([...others].sort()).toEqual(['auth', 'client', 'get', 'info', 'ping', 'pttl', 'subscribe', 'type']);
  expect(JSON.stringify([...report.traces()])).not.toContain('p4ss-of-redis');
});

test('a Redis that cannot be reached ends the check before the app is asked', async () => {
  const its = target(tinyRecipe('http://127.0.0.1:9'));
  const withRedis = (url: string) => check(its, { redis: { url, prefix: '' } });
  await expect(withRedis('redis://127.0.0.1:9')).rejects.toThrow(/^--redis-url: /);
  await expect(withRedis('127.0.0.1')).rejects.toThrow(/--redis-url is not a URL/);
});
