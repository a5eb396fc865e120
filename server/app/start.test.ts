import { beforeAll, describe, expect, test, vi } from 'vitest';
import { AppProcesses, curl, type RunningApp } from '../../testing/appProcess.ts';
import { eventually } from '../../testing/eventually.ts';
import { hasSignals } from '../../testing/redisServer.ts';
import { alice } from '../../testing/testApp.ts';

// One process that runs. Others, and those that cannot start: start.full.test.ts.
const apps = new AppProcesses();

describe('the app alone', () => {
  let app: RunningApp;
  let address: string;
  let output: { out: string; err: string };

  beforeAll(async () => {
    app = await apps.serve();
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
    await eventually(() => expect(output.out).toContain('Mail to alice@shop.example: Reset your password (not sent'));
    expect(output.out).toContain('Demo users, whose passwords are public:\n  alice@shop.example  rabbit-hole-7');
    expect(output.out + output.err).not.toMatch(/hunter2|a secret of/);
  });

  test.skipIf(!hasSignals)('answers 503 while Redis is frozen, and 200 again afterwards', async () => {
    const { cookie } = await curl(`${address}/auth/login`, {}, alice);
    await apps.redis.freeze();
    const frozen = await curl(`${address}/me`, { Cookie: cookie! });
    apps.redis.thaw();
    expect(frozen.status).toBe(503);
    await vi.waitFor(async () => expect((await curl(`${address}/me`, { Cookie: cookie! })).status).toBe(200), 5000);
  });

  test.skipIf(!hasSignals)('ends at SIGTERM with exit code 0', async () => {
    app.child.kill('SIGTERM');
    expect(await app.ended).toMatchObject({ code: 0 });
  });
});
