import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';
import type { Services } from './services.ts';
import { isSignature, sign } from './signature.ts';

let redis: MockRedis;

beforeEach(() => {
  redis = createMockRedis();
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

const servicesWith = (secret: string | string[]) => ({ secret }) as Services;
const signature = sign(servicesWith('old'), 'csrf', 'text');

test.each<[secrets: string | string[], accepted: boolean]>([
  ['old', true],
  [['old', 'new'], true],
  [['new', 'old'], true],
  ['new', false],
  [['new', 'newer'], false],
])('with the secrets %j, a signature of the old one is accepted: %s', (secrets, accepted) => {
  expect(isSignature(servicesWith(secrets), 'csrf', 'text', signature)).toBe(accepted);
});

test.each<[what: string, given: string | undefined]>([
  ['is missing', undefined],
  ['is empty', ''],
  ['is for another purpose', sign(servicesWith('old'), 'device', 'text')],
  ['is for another text', sign(servicesWith('old'), 'csrf', 'texts')],
  ['is cut', signature.slice(0, -1)],
])('a signature that %s is refused', (_, given) => {
  expect(isSignature(servicesWith(['new', 'old']), 'csrf', 'text', given)).toBe(false);
});

test('the first secret signs', () => {
  expect(sign(servicesWith(['new', 'old']), 'csrf', 'text')).toBe(sign(servicesWith('new'), 'csrf', 'text'));
});

test('a form that was open before a rotation can be sent after it, and a known device stays known', async () => {
  const [before, after] = ['an old secret', ['a new secret', 'an old secret']];
  const old = await openApp(await redis.connect(''), { secret: before! });
  const rotated = await openApp(old.redis, { secret: after!, users: old.users });
  const owner = await old.loggedIn(alice);

  const person = rotated.visitor();
  person.plant(owner.cookie);
  const form = { 'X-CSRF-Token': owner.csrfToken! };
  expect((await person.post('/account/email', { email: 'alice@elsewhere.example' }, form)).status).toBe(202);

  for (let tries = 0; tries < 5; tries++) await rotated.visitor().post('/auth/login', { ...alice, password: 'guess' });
  const known = rotated.visitor();
  expect((await known.post('/auth/login', alice)).status).toBe(429);
  known.plant(owner.cookieNamed('__Host-device'));
  expect((await known.post('/auth/login', alice)).status).toBe(200);
});
