import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';

let redis: MockRedis;

beforeEach(() => {
  redis = createMockRedis();
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

test('a login is in the audit log, and a wrong password is not a login', async () => {
  const app = await openApp(await redis.connect(''));
  await app.visitor().post('/auth/login', { ...alice, password: 'guess' });
  expect(app.audited).toEqual([{ name: 'authn_login_fail' }]);
  await app.loggedIn(alice);
  expect(app.audited).toContainEqual({ name: 'authn_login_success', userId: 1 });
});

test('a logout is named like the login whose session it ends', async () => {
  const app = await openApp(await redis.connect(''));
  const laptop = await app.loggedIn(alice);
  await app.loggedIn(alice);
  await laptop.post('/auth/logout');
  const [created, other] = app.auditLog.filter(({ name }) => name === 'session_created');
  const [ended] = app.auditLog.filter(({ name }) => name === 'session_logout');
  expect(ended!.session).toMatch(/^[\w-]{12}$/);
  expect(ended!.session).toBe(created!.session);
  expect(ended!.session).not.toBe(other!.session);
});

test('the app records every event that it declares. (The compiler refuses one that it does not declare.)', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /(?<!\.test)\.ts$/.test(file));
  const code = sources.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('');
  const declared = /type AuditName =([^;]*);/.exec(code)![1]!.match(/[a-z_]+/g)!;
  const names = [...code.matchAll(/audit\(\{ name: ([^,]*),/g)].flatMap(([, name]) => name!.match(/'[a-z_]+'/g)!);
  const recorded = names.map((name) => name.slice(1, -1));
  expect([...new Set(recorded)].sort()).toEqual(declared.sort());
});
