import { afterEach, expect, test } from 'vitest';
import { hasSignals, startTestServer, type TestServer } from '../testing/redisServer.ts';
import { startServer } from '../testing/serverProcess.ts';

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

// That it runs; that it cannot start, and the other ends: main.full.test.ts.

test('the server runs on 127.0.0.1 only, never shows a password, and ends at SIGTERM, also while Redis is frozen', async () => {
  const redis = await redisServer({ password: 'hunter2' });
  const { child, ended, port, send, written } = await serve({ REDIS_URL: redis.url });
  const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo: 5 };
  const answers = [await send('GET', '/redis'), await send('POST', '/sandboxes', choice)];
  expect(answers.map(({ status }) => status)).toEqual([200, 201]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(written.out).toMatch(new RegExp(`^Session Sandbox: http://127\\.0\\.0\\.1:${port} [^\\n]*\\n$`));
  expect(written.out + written.err + texts.join()).not.toContain('hunter2');

  if (!hasSignals) return;
  await redis.freeze();
  const started = performance.now();
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
  expect(performance.now() - started).toBeLessThan(4000);
});
