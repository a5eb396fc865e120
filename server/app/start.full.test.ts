import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppProcesses, curl, type RunningApp, secret } from '../../testing/appProcess.ts';
import { hasSignals } from '../../testing/redisServer.ts';
import { alice } from '../../testing/testApp.ts';

const apps = new AppProcesses();

describe('in local development', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await apps.serve({ LOCAL_DEVELOPMENT: 'yes' });
  });

  test('it sets the same Secure cookie without a proxy', async () => {
    const { status, cookie } = await curl(`${app.address}/auth/login`, { 'X-Forwarded-Proto': 'http' }, alice);
    expect([status, cookie]).toEqual([200, expect.stringMatching(/^__Host-sid=s%3A/)]);
    expect(app.output.out).toContain('takes every request for HTTPS');
  });

  test.skipIf(!hasSignals)('it ends at SIGINT with exit code 0', async () => {
    app.child.kill('SIGINT');
    expect(await app.ended).toMatchObject({ code: 0, err: '' });
  });
});

describe('it ends with a sentence and exit code 1 when', () => {
  test('SESSION_SECRET is not set', () =>
    apps.expectEnd(
      {},
      /^The app cannot start with these settings\.\n.*at least 32 random characters.*\n.*SESSION_SECRET\n$/,
    ));

  test('local development is switched on for an address that others can reach', () =>
    apps.expectEnd(
      { SESSION_SECRET: secret, LOCAL_DEVELOPMENT: 'yes', HOST: '0.0.0.0' },
      /HOST must be 127\.0\.0\.1.*\n.*LOCAL_DEVELOPMENT\n$/,
    ));

  test('nothing listens at REDIS_URL', () =>
    apps.expectEnd(
      { SESSION_SECRET: secret, REDIS_URL: 'redis://:wrong-password@127.0.0.1:1' },
      /^The app cannot use Redis at 127\.0\.0\.1:1 \(connect ECONNREFUSED 127\.0\.0\.1:1\)\. .*REDIS_URL\.\n$/,
    ));

  test('Redis refuses the password', () =>
    apps.expectEnd(
      { SESSION_SECRET: secret, REDIS_URL: `redis://:wrong-password@127.0.0.1:${apps.redis.port}` },
      /^The app cannot use Redis at \S+ \(WRONGPASS .*\n$/,
    ));

  test('Redis has no such database', () =>
    apps.expectEnd({ SESSION_SECRET: secret, REDIS_URL: `${apps.redis.url}/99` }, /ERR DB index is out of range.*\n$/));

  test('the user in Redis may not subscribe to the channel of the events', async () => {
    const client = new Redis(apps.redis.url);
    await client.acl('SETUSER', 'shop', 'on', '>caucus-race', 'allkeys', 'allcommands', 'resetchannels');
    await apps.expectEnd(
      { SESSION_SECRET: secret, REDIS_URL: `redis://shop:caucus-race@127.0.0.1:${apps.redis.port}` },
      /^The app cannot subscribe to events in Redis \(NOPERM .*channel account-events\.\n$/,
    );
    client.disconnect();
  });

  test('the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await apps.expectEnd(
      { SESSION_SECRET: secret, PORT: String(port) },
      /^The app cannot listen on \S+ \(.*EADDRINUSE.*PORT\.\n$/,
    );
    other.close();
  });
});
