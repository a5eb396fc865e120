import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findCurl } from '../../testing/programs/needs.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { alice } from '../../testing/testApp.ts';

const secret = 'a secret of at least 32 characters';
const root = fileURLToPath(new URL('../..', import.meta.url));
const children: ChildProcess[] = [];
let redis: TestServer;

beforeAll(async () => {
  redis = await startTestServer({ password: 'hunter2' });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await redis.stop();
});

/** Variables that this machine may have set. An empty one counts as not set. */
const unset = {
  SESSION_SECRET: '',
  HOST: '',
  NODE_ENV: '',
  LOCAL_DEVELOPMENT: '',
  PUBLIC_ORIGIN: '',
  TRUSTED_PROXIES: '',
  SESSION_IDLE_MS: '',
  SESSION_ABSOLUTE_MS: '',
};

/** Runs `npm run app` without npm, so that signals reach it. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/app/start.ts'], {
    cwd: root,
    env: { ...process.env, ...unset, PORT: '0', BCRYPT_COST: '10', REDIS_URL: redis.url, ...environment },
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
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  return { child, output, ended };
}

/** Starts the app and resolves with its address when it listens. */
async function serve(environment: Record<string, string> = {}) {
  const app = start({ SESSION_SECRET: secret, ...environment });
  const address = await vi.waitFor(
    () => {
      const listening = /listens on (http:\S+)\.\n/.exec(app.output.out)?.[1];
      if (listening === undefined) throw new Error(`It does not listen: ${JSON.stringify(app.output)}`);
      return listening;
    },
    { timeout: 15_000, interval: 20 },
  );
  return { ...app, address };
}

/** Sends a request with curl, as the reverse proxy that ends TLS forwards it. */
async function curl(url: string, headers: Record<string, string>, body?: object) {
  const { stdout } = await promisify(execFile)(findCurl(), [
    ...['--silent', '--include', url],
    ...Object.entries({ 'X-Forwarded-Proto': 'https', ...headers }).flatMap(([name, value]) => [
      '--header',
      `${name}: ${value}`,
    ]),
    ...(body ? ['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)] : []),
  ]);
  const [head = '', text = ''] = stdout.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    json: text === '' ? null : JSON.parse(text),
    /** The session cookie that the response sets, as `name=value`. */
    cookie: /^set-cookie: (__Host-sid=[^;]*); .*Secure/im.exec(head)?.[1],
  };
}

describe('the app alone', () => {
  let app: Awaited<ReturnType<typeof serve>>;
  let address: string;
  let output: { out: string; err: string };

  beforeAll(async () => {
    app = await serve();
    ({ address, output } = app);
  });

  test('lets a user log in with curl, open a page, and log out, after which the cookie is useless', async () => {
    const login = await curl(`${address}/auth/login`, {}, alice);
    expect(login).toMatchObject({ status: 200, json: { email: alice.email } });
    const session = { Cookie: login.cookie!, 'X-CSRF-Token': login.json.csrfToken };

    expect(await curl(`${address}/me`, session)).toMatchObject({ status: 200, json: { email: alice.email } });
    expect(await curl(`${address}/auth/logout`, session, {})).toMatchObject({ status: 204, cookie: '__Host-sid=' });
    expect((await curl(`${address}/me`, session)).status).toBe(401);
  });

  test('sets no session cookie without a proxy that ends TLS', async () => {
    const { status, cookie } = await curl(`${address}/auth/login`, { 'X-Forwarded-Proto': 'http' }, alice);
    expect([status, cookie]).toEqual([200, undefined]);
  });

  test('says that its users are for demonstration, and prints no secret', async () => {
    await curl(`${address}/auth/forgot`, {}, { email: alice.email });
    await vi.waitFor(() => expect(output.out).toContain('Mail to alice@shop.example: Reset your password (not sent'));
    expect(output.out).toContain('Demo users, whose passwords are public:\n  alice@shop.example  rabbit-hole-7');
    expect(output.out + output.err).not.toMatch(/hunter2|a secret of/);
  });

  test.skipIf(!hasSignals)('answers 503 while Redis is frozen, and 200 again afterwards', async () => {
    const { cookie } = await curl(`${address}/auth/login`, {}, alice);
    await redis.freeze();
    const frozen = await curl(`${address}/me`, { Cookie: cookie! });
    redis.thaw();
    expect(frozen.status).toBe(503);
    await vi.waitFor(async () => expect((await curl(`${address}/me`, { Cookie: cookie! })).status).toBe(200), 5000);
  });

  test.skipIf(!hasSignals)('ends at SIGTERM with exit code 0', async () => {
    app.child.kill('SIGTERM');
    expect(await app.ended).toMatchObject({ code: 0 });
  });
});

describe('in local development', () => {
  let app: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    app = await serve({ LOCAL_DEVELOPMENT: 'yes' });
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
  async function expectEnd(environment: Record<string, string>, sentence: RegExp) {
    const { code, out, err } = await start(environment).ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/hunter2|wrong-password|^ +at |Error:/m);
  }

  test('SESSION_SECRET is not set', () =>
    expectEnd(
      {},
      /^The app cannot start with these settings\.\n.*at least 32 random characters.*\n.*SESSION_SECRET\n$/,
    ));

  test('local development is switched on for an address that others can reach', () =>
    expectEnd(
      { SESSION_SECRET: secret, LOCAL_DEVELOPMENT: 'yes', HOST: '0.0.0.0' },
      /HOST must be 127\.0\.0\.1.*\n.*LOCAL_DEVELOPMENT\n$/,
    ));

  test('nothing listens at REDIS_URL', () =>
    expectEnd(
      { SESSION_SECRET: secret, REDIS_URL: 'redis://:wrong-password@127.0.0.1:1' },
      /^The app cannot use Redis at 127\.0\.0\.1:1 \(connect ECONNREFUSED 127\.0\.0\.1:1\)\. .*REDIS_URL\.\n$/,
    ));

  test('Redis refuses the password', () =>
    expectEnd(
      { SESSION_SECRET: secret, REDIS_URL: `redis://:wrong-password@127.0.0.1:${redis.port}` },
      /^The app cannot use Redis at \S+ \(WRONGPASS .*\n$/,
    ));

  test('Redis has no such database', () =>
    expectEnd({ SESSION_SECRET: secret, REDIS_URL: `${redis.url}/99` }, /ERR DB index is out of range.*\n$/));

  test('the user in Redis may not subscribe to the channel of the events', async () => {
    const client = new Redis(redis.url);
    await client.acl('SETUSER', 'shop', 'on', '>caucus-race', 'allkeys', 'allcommands', 'resetchannels');
    await expectEnd(
      { SESSION_SECRET: secret, REDIS_URL: `redis://shop:caucus-race@127.0.0.1:${redis.port}` },
      /^The app cannot subscribe to events in Redis \(NOPERM .*channel account-events\.\n$/,
    );
    client.disconnect();
  });

  test('the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expectEnd(
      { SESSION_SECRET: secret, PORT: String(port) },
      /^The app cannot listen on \S+ \(.*EADDRINUSE.*PORT\.\n$/,
    );
    other.close();
  });
});
