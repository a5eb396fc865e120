import { readdir } from 'node:fs/promises';
import bcrypt from 'bcrypt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import {
  type Answer,
  absolute,
  alice,
  closeApps,
  idle,
  openApp,
  sessionCookieMatchers,
  type TestApp,
  tokenIn,
} from '../../testing/testApp.ts';
import { defaultParts } from '../app/app.ts';
import type { Services } from '../app/services.ts';
import { handleOf } from '../app/sessionIndex.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';
import { loadWeakness, type Weakness, weaknessNames } from './index.ts';

const weaknesses: Record<string, Weakness> = Object.fromEntries(
  await Promise.all(weaknessNames.map(async (name) => [name, (await loadWeakness(name))!] as const)),
);

expect.extend(sessionCookieMatchers);

let redis: MockRedis;

beforeEach(() => {
  redis = createMockRedis();
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

const appWith = async (weakness: string): Promise<TestApp> =>
  openApp(await redis.connect(''), { parts: weaknesses[weakness]! });

const replaced: Record<string, (keyof Weakness)[]> = {
  'absolute-limit-ends-all-sessions': ['requireAuth'],
  'absolute-limit-only-refuses': ['requireAuth'],
  'account-pages-cached': ['logout', 'noStore'],
  'account-pages-cached-until-logout': ['noStore'],
  'account-pages-private': ['logout', 'noStore'],
  'admin-pages-closed-while-redis-is-away': ['createSessionStore', 'requireAuth', 'requireRole'],
  'answers-tell-who-has-an-account': ['forgotPassword', 'login', 'register'],
  'basket-in-a-cookie': ['addToBasket', 'showBasket'],
  'basket-in-the-session': ['addToBasket', 'sessionOptions', 'showBasket'],
  'basket-in-the-session-without-resave': ['addToBasket', 'showBasket'],
  'basket-reloaded-before-the-change': ['addToBasket', 'showBasket'],
  'code-asked-by-one-route': ['awaitCode', 'me'],
  'code-asked-by-the-page': ['awaitCode'],
  'codes-not-counted': ['secondFactor'],
  'cookie-for-all-subdomains': ['sessionOptions'],
  'cookie-for-ten-years': ['createSessionStore', 'sessionOptions'],
  'cookie-names-the-user': ['me', 'startSession'],
  'cookie-not-renewed': ['sessionOptions'],
  'cookie-not-renewed-but-longer': ['sessionOptions'],
  'cookie-over-http': ['sessionOptions'],
  'cookie-readable-by-scripts': ['sessionOptions'],
  'cookie-until-the-browser-closes': ['sessionOptions'],
  'cors-by-end-of-name': ['allowFrontEnds'],
  'cors-for-every-origin': ['allowFrontEnds'],
  'cors-with-a-star': ['allowFrontEnds'],
  'cors-without-credentials': ['allowFrontEnds'],
  'cors-without-credentials-all-saved': ['allowFrontEnds', 'sessionOptions'],
  'csrf-cookie-and-json-only': ['csrfTokenFor', 'requireCsrfToken'],
  'csrf-cookie-strict': ['csrfTokenFor', 'readBody', 'refuseCrossSite', 'requireCsrfToken'],
  'csrf-token-in-a-cookie': ['csrfTokenFor', 'readBody', 'refuseCrossSite', 'requireCsrfToken'],
  'demotion-keeps-sessions': ['changeRole', 'requireRole'],
  'disabled-checked-at-login': ['disableUser', 'requireAuth'],
  'disabling-ends-all-sessions': ['disableUser'],
  'disabling-keeps-sessions': ['disableUser', 'requireAuth'],
  'dummy-hash-of-another-cost': ['login'],
  'dummy-hash-that-is-none': ['login'],
  'empty-sessions-expire-soon': ['createSessionStore', 'sessionOptions'],
  'ended-session-of-any-user': ['endSession'],
  'ended-session-only-unlisted': ['endSession'],
  'ended-sessions-not-renewed-but-written': ['createSessionStore'],
  'ended-sessions-written-back': ['createSessionStore'],
  'event-stream-checked-by-heartbeat': ['accountEvents'],
  'event-stream-checked-when-opened': ['accountEvents'],
  'event-stream-closed-by-the-page': ['accountEvents'],
  'every-proxy-trusted': ['trustedProxies'],
  'every-site-may-post': ['refuseCrossSite', 'requireCsrfToken', 'sessionOptions'],
  'everything-in-the-session': ['addToBasket', 'startSession'],
  'express-4': ['express', 'forgotPassword'],
  'flash-messages-in-the-session': ['home', 'login'],
  'flash-messages-saved-before-redirect': ['home', 'login'],
  'forged-cookies-limited': ['noticeForgedCookie', 'sessionOptions'],
  'hashes-cheap': ['createPasswords'],
  'hashes-queued-without-end': ['createPasswords'],
  'hashes-refused-without-a-time': ['createPasswords'],
  'hashes-unbounded': ['createPasswords'],
  'host-prefix-with-a-domain': ['sessionOptions'],
  'hsts-without-subdomains': ['strictTransportSecurity'],
  'http-redirected-to-https': ['routesWithoutSession', 'sessionOptions'],
  'http-redirected-without-hsts': ['strictTransportSecurity'],
  'idle-cookie-shorter-than-limit': ['createSessionStore', 'sessionOptions'],
  'idle-limit-only-in-the-cookie': ['createSessionStore'],
  'links-arrive-logged-out': ['sessionOptions'],
  'login-answers-before-saving': ['startSession'],
  'login-copies-session': ['startSession'],
  'login-empties-session': ['startSession'],
  'login-forgets-basket': ['startSession'],
  'login-form-open-but-cookie-strict': ['readBody', 'refuseCrossSite', 'sessionOptions'],
  'login-form-open-to-other-sites': ['readBody', 'refuseCrossSite'],
  'login-ignores-a-failed-save': ['startSession'],
  'login-keeps-id-for-late-responses': ['routesWithoutSession', 'startSession'],
  'login-keeps-session-id': ['startSession'],
  'login-leaves-the-old-record': ['routesWithoutSession', 'startSession'],
  'login-pauses-at-random': ['login'],
  'login-pauses-before-redirect': ['startSession'],
  'login-refused-while-logged-in': ['login', 'readBody', 'refuseCrossSite'],
  'login-throttles-only-accounts': ['login'],
  'login-writes-before-new-id': ['startSession'],
  'logout-clears-by-name-only': ['logout'],
  'logout-clears-only-the-cookie': ['logout'],
  'logout-clears-site-data': ['logout'],
  'logout-does-not-wait': ['logout'],
  'logout-leaves-the-remember-token': ['logout'],
  'logout-sends-expired-cookie': ['logout'],
  'max-age-as-text': ['readSettings'],
  'max-age-by-number': ['readSettings'],
  'max-age-or-zero': ['readSettings'],
  'message-in-the-address': ['home', 'login'],
  'newest-secret-last': ['sessionOptions'],
  'no-absolute-limit': ['requireAuth'],
  'no-hsts': ['strictTransportSecurity'],
  'no-proxy-trusted': ['trustedProxies'],
  'old-remember-token-only-refused': ['takeRememberToken'],
  'only-the-newest-secret': ['sessionOptions'],
  'only-the-newest-session-listed': ['createSessionIndex'],
  'open-while-redis-is-away': ['createSessionStore', 'requireAuth', 'requireRole'],
  'other-forms-tell-who-has-an-account': ['forgotPassword', 'register'],
  'outage-taken-for-a-logout': ['createSessionStore', 'requireAuth'],
  'password-change-asks-first': ['changePassword'],
  'password-change-ends-only-its-own': ['changePassword'],
  'password-change-keeps-sessions': ['changePassword', 'resetPassword'],
  'password-limit-in-characters': ['confirmEmail', 'createPasswords'],
  'password-typed-once-is-enough': ['requireRecentPassword'],
  'passwords-cut-and-cheap': ['confirmEmail', 'createPasswords'],
  'plain-cookie-name': ['sessionOptions'],
  'plain-cookie-name-strict': ['sessionOptions'],
  'profile-in-a-cookie': ['startSession'],
  'profile-in-a-cookie-until-logout': ['logout', 'startSession'],
  'profile-in-a-signed-cookie': ['startSession'],
  'promotion-reaches-old-sessions': ['changeRole', 'confirm', 'requireRole'],
  'readable-cookie-for-this-site-only': ['sessionOptions'],
  'recent-password-renewed-by-use': ['requireRecentPassword'],
  'record-written-by-each-request': ['sessionOptions'],
  'records-not-renewed': ['createSessionStore'],
  'records-only-overwritten': ['createSessionStore'],
  'records-without-an-end': ['createSessionStore'],
  'registration-chooses-the-password': ['confirmEmail', 'register'],
  'registration-logs-in-at-once': ['register'],
  'registration-without-confirmation': ['register', 'resetPassword'],
  'rejections-caught-and-logged': ['express', 'forgotPassword', 'login'],
  'remember-token-never-changes': ['takeRememberToken'],
  'requests-end-after-a-second': ['express', 'forgotPassword', 'readBody'],
  'reset-link-names-the-host-header': ['forgotPassword'],
  'reset-link-names-the-requested-host': ['forgotPassword', 'resetPassword'],
  'reset-names-user-in-session': ['forgotPassword', 'requireAuth'],
  'reset-refused-on-one-page': ['forgotPassword', 'me', 'requireAuth'],
  'reset-tokens-side-by-side': ['forgotPassword', 'resetPassword'],
  'reset-user-checked-by-guard': ['forgotPassword', 'requireAuth'],
  'revoked-devices-checked-at-login': ['endSession', 'login'],
  'role-cached-in-session': ['changeRole', 'confirm', 'requireRole'],
  'same-site-and-nothing-else': ['refuseCrossSite', 'requireCsrfToken'],
  'second-factor-counts-until-logout': ['requireRecentPassword'],
  'secret-made-at-start': ['sessionOptions'],
  'secure-auto-without-proxy': ['sessionOptions', 'trustedProxies'],
  'secure-in-production-only': ['readSettings', 'sessionOptions', 'strictTransportSecurity'],
  'secure-prefix': ['sessionOptions'],
  'secure-unless-development': ['readSettings', 'sessionOptions'],
  'sensitive-change-told-by-mail': ['requireRecentPassword'],
  'session-bound-to-user-agent': ['requireAuth', 'requireRecentPassword'],
  'session-for-every-visitor': ['sessionOptions'],
  'session-id-in-the-address': ['me', 'noticeForgedCookie'],
  'session-id-removed-by-redirect': ['me', 'noticeForgedCookie'],
  'session-ids-count-from-a-random-number': ['sessionOptions'],
  'session-ids-count-up': ['sessionOptions'],
  'session-is-enough': ['requireRecentPassword'],
  'session-limit-counted-first': ['createSessionIndex'],
  'session-limit-cuts-only-the-list': ['createSessionIndex'],
  'session-limit-watched-on-one-connection': ['createSessionIndex'],
  'session-link-valid-for-a-minute': ['me', 'noticeForgedCookie'],
  'session-list-gives-ids-away': ['listSessions'],
  'session-list-names-active-ids': ['listSessions'],
  'session-list-with-ended-sessions': ['listSessions'],
  'session-on-every-route': ['routesWithoutSession'],
  'session-without-the-hash': ['addToBasket', 'startSession'],
  'sessions-copied-into-memory': ['createSessionStore'],
  'sessions-in-memory': ['createSessionStore'],
  'sessions-in-memory-expire-soon': ['createSessionStore', 'sessionOptions'],
  'sessions-in-memory-up-to-twenty': ['createSessionStore'],
  'sessions-listed-in-memory': ['createSessionIndex'],
  'sessions-unlisted-but-not-ended': ['createSessionIndex'],
  'static-files-after-session': ['assets'],
  'static-files-cookie-removed-too-early': ['assets'],
  'static-files-never-cached': ['assets'],
  'store-errors-ignored': ['createSessionStore'],
  'store-for-another-client': ['createSessionStore'],
  'store-without-time-to-live': ['createSessionStore'],
  'throttle-by-claimed-address': ['login'],
  'throttle-locks-the-owner-out': ['login'],
  'timer-renews-only-the-record': ['routesWithoutSession'],
  'token-believed-until-it-expires': ['logout', 'me', 'requireAuth', 'startSession'],
  'token-for-five-minutes': ['logout', 'me', 'requireAuth', 'startSession'],
  'tokens-denied-after-logout': ['logout', 'me', 'requireAuth', 'startSession'],
  'unknown-email-answered-at-once': ['login'],
  'user-cookie-checked': ['me', 'startSession'],
  'user-cookie-still-read': ['me'],
  'user-in-app-locals': ['me', 'requireAuth', 'startSession'],
  'user-in-app-locals-per-request': ['me', 'requireAuth'],
  'user-in-app-locals-until-logout': ['logout', 'me', 'requireAuth', 'startSession'],
  'visitors-get-no-record': ['createSessionStore'],
};

test('each weakness replaces exactly these parts', () => {
  const exported = Object.entries(weaknesses).map(([name, parts]) => [name, Object.keys(parts).sort()]);
  expect(Object.fromEntries(exported)).toEqual(replaced);
});

test('each part is replaced by some weakness, and everything else is an ordinary import', () => {
  const parts = Object.values(replaced)
    .flat()
    .filter((name) => name !== 'readSettings');
  expect(Object.keys(defaultParts).sort()).toEqual([...new Set(parts)].sort());
});

test('each file in this folder is in the table under its own name', async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => !/^(index|table)\.|[.]d[.]ts$/.test(file));
  expect(files.sort()).toEqual(
    Object.keys(weaknesses)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test('cookie-not-renewed: a request renews the record, but no response renews the cookie', async () => {
  const app = await appWith('cookie-not-renewed');
  const person = await app.loggedIn(alice);
  await app.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/me');
  expect(answer.status).toBe(200);
  expect(answer).toSetNoCookie();
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(idle - 3000);
});

test('records-not-renewed: each response renews the cookie, but no request renews the record', async () => {
  const app = await appWith('records-not-renewed');
  const person = await app.loggedIn(alice);
  await app.redis.pexpire(`sess:${person.sid}`, 5000);
  expect(await person.get('/me')).toSetSessionCookie(idle);
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
});

test('idle-limit-only-in-the-cookie: the cookie lasts for the idle limit, the record for a day', async () => {
  const app = await appWith('idle-limit-only-in-the-cookie');
  const person = app.visitor();
  expect(await person.post('/auth/login', alice)).toSetSessionCookie(idle);
  const oneDay = 24 * 60 * 60_000;
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(oneDay - 3000);
  await person.get('/me');
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(oneDay - 3000);
});

test('login-keeps-session-id: an attacker who knew the id before the login is logged in with it', async () => {
  const app = await appWith('login-keeps-session-id');
  const attacker = app.visitor();
  await attacker.post('/basket', { item: 'hat' });
  const victim = app.visitor();
  victim.plant(attacker.cookie);

  await victim.post('/auth/login', alice);
  expect(victim.sid).toBe(attacker.sid);
  expect((await attacker.get('/me')).json).toMatchObject({ email: alice.email });
  // A wrong password, the list and the logout work as usual.
  expect((await app.visitor().post('/auth/login', { ...alice, password: 'wrong' })).status).toBe(401);
  expect((await victim.get('/sessions')).json.sessions).toHaveLength(1);
  await victim.post('/auth/logout');
  expect((await attacker.get('/me')).status).toBe(401);
});

test('revoked-devices-checked-at-login: an ended session stays active, and only a new login fails', async () => {
  const app = await appWith('revoked-devices-checked-at-login');
  const [laptop, phone] = [await app.loggedIn(alice, 'Laptop'), await app.loggedIn(alice, 'Phone')];
  const end = (password: string) => laptop.post(`/sessions/${handleOf(phone.sid!)}/end`, { password });

  expect((await end('wrong')).status).toBe(403);
  expect((await end(alice.password)).status).toBe(204);
  expect((await end(alice.password)).status).toBe(404);
  expect((await laptop.get('/sessions')).json.sessions).toHaveLength(1);
  expect(await app.sids()).toContain(phone.sid);
  expect((await phone.get('/me')).status).toBe(200);
  expect((await app.visitor('Phone').post('/auth/login', alice)).status).toBe(403);
  expect((await app.visitor('Laptop').post('/auth/login', alice)).status).toBe(200);
  for (const key of await app.redis.keys('*')) expect([key, (await app.redis.pttl(key)) > 0]).toEqual([key, true]);
});

test('account-pages-cached: a page of one user is public, and stays in the browser after the logout', async () => {
  const app = await appWith('account-pages-cached');
  const person = await app.loggedIn(alice);
  const page = await person.get('/me');
  expect(page.headers.get('cache-control')).toBe('public, max-age=300');
  expect(page).toSetSessionCookie(idle);
  const logout = await person.post('/auth/logout');
  expect([logout.status, logout.headers.get('clear-site-data')]).toEqual([204, null]);
  expect(logout).toClearSessionCookie();
  expect(await app.sids()).toEqual([]);
});

const attributesOf = (answer: Answer, cookie: string) =>
  answer.setCookie
    .find((header) => header.startsWith(`${cookie}=`))
    ?.split('; ')
    .slice(1)
    .filter((attribute) => !attribute.startsWith('Expires='))
    .sort();

test.each([
  ['plain-cookie-name', 'sid', ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']],
  ['cookie-for-all-subdomains', 'sid', ['Domain=shop.example', 'HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']],
  ['host-prefix-with-a-domain', '__Host-sid', ['Domain=hats.example', 'HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']],
  ['cookie-over-http', 'connect.sid', ['HttpOnly', 'Path=/', 'SameSite=Lax']],
])('%s: the login sets %s with %j', async (weakness, name, attributes) => {
  const app = await appWith(weakness);
  const headers = { 'X-Forwarded-Proto': weakness === 'cookie-over-http' ? 'http' : 'https' };
  const answer = await app.send('/auth/login', { method: 'POST', body: alice, headers });
  expect(attributesOf(answer, name)).toEqual(attributes);
});

test('csrf-token-in-a-cookie: a request with the same value twice is accepted, no matter who chose the value', async () => {
  const app = await appWith('csrf-token-in-a-cookie');
  const person = app.visitor();
  await person.get('/');
  const login = await person.post('/auth/login', alice);
  expect(login.json.csrfToken).toMatch(/^[\w-]{24}$/);
  expect((await person.post('/basket', { item: 'hat' })).status).toBe(200);

  // <form method="post" enctype="text/plain"> on a page of a sibling subdomain
  const forge = (cookies: string, token: string) =>
    app.send('/basket', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'same-site', Cookie: cookies },
      body: JSON.stringify({ item: 'rabbit', _csrf: token }),
    });
  expect((await forge(`csrf=chosen; ${person.cookie}`, 'chosen')).status).toBe(200);
  expect((await forge(`csrf=chosen; ${person.cookie}`, 'other')).status).toBe(403);
  expect((await forge(`${person.cookie}`, '')).status).toBe(403);
});

test('login-form-open-to-other-sites: every site may log a browser in, but changes need a token', async () => {
  const app = await appWith('login-form-open-to-other-sites');
  // <form method="post"> on a page of another site
  const forge = (path: string, fields: Record<string, string>, cookie = '') =>
    app.send(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'cross-site',
        ...(cookie ? { Cookie: cookie } : {}),
      },
      body: new URLSearchParams(fields).toString(),
    });
  expect((await forge('/auth/login', alice)).status).toBe(200);
  const person = await app.loggedIn(alice);
  expect((await forge('/basket', { item: 'hat' }, person.cookie)).status).toBe(403);
});

test('static-files-after-session: a file that caches may keep carries a session cookie', async () => {
  const app = await appWith('static-files-after-session');
  const person = await app.loggedIn(alice);
  const answer = await person.get('/assets/app.css');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
  expect(answer).toSetSessionCookie(idle);
  expect(await app.visitor().get('/assets/app.css')).toSetNoCookie();
});

test('login-answers-before-saving: a login is answered 200 even when the record cannot be written', async () => {
  const app = await appWith('login-answers-before-saving');
  vi.spyOn(app.redis, 'set').mockRejectedValue(new Error('OOM command not allowed'));
  const person = app.visitor();
  const answer = await person.post('/auth/login', alice);
  expect(answer.status).toBe(200);
  expect(answer).toSetSessionCookie(idle);
  expect(await app.sids()).toEqual([]);
});

test('no-absolute-limit: a busy session outlives the absolute limit', async () => {
  const app = await appWith('no-absolute-limit');
  const person = await app.loggedIn(alice);
  app.clock.ahead = 2 * absolute;
  expect((await person.get('/me')).status).toBe(200);
});

test('records-without-an-end: a record has no time to live, even after a request', async () => {
  const app = await appWith('records-without-an-end');
  const person = await app.loggedIn(alice);
  await person.get('/me');
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBe(-1);
});

test('cookie-for-ten-years: the cookie lasts ten years, the record for the idle limit', async () => {
  const app = await appWith('cookie-for-ten-years');
  const person = app.visitor();
  expect(await person.post('/auth/login', alice)).toSetSessionCookie(10 * 365 * 24 * 60 * 60_000);
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(idle);
});

test('session-on-every-route: asking for the time left renews the session and the cookie', async () => {
  const app = await appWith('session-on-every-route');
  const person = await app.loggedIn(alice);
  await app.redis.pexpire(`sess:${person.sid}`, 5000);
  expect(await person.get('/session/left')).toSetSessionCookie(idle);
  await eventually(async () => expect(await app.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(idle - 3000));
});

test('max-age-as-text: the limit stays text', () => {
  const environment = { SESSION_SECRET: 'x'.repeat(32), SESSION_IDLE_MS: '1800000' };
  expect(weaknesses['max-age-as-text']!.readSettings!(environment).idleMs).toBe('1800000');
});

test('passwords-cut-and-cheap: only the first 72 bytes of a password count', async () => {
  const app = await appWith('passwords-cut-and-cheap');
  const carol = { email: 'carol@shop.example', password: `${'0'.repeat(72)}secret` };
  expect((await app.visitor().post('/auth/register', { email: carol.email })).status).toBe(202);
  await app.visitor().post('/auth/confirm-email', { token: tokenIn(app.mails[0]), password: carol.password });
  const guess = { ...carol, password: `${'0'.repeat(72)}wrong` };
  expect((await app.visitor().post('/auth/login', guess)).status).toBe(200);
});

test.each(['hashes-unbounded', 'hashes-queued-without-end'])(
  '%s: no login is refused, however many come at once',
  async (weakness) => {
    const passwords = weaknesses[weakness]!.createPasswords!(4, bcrypt);
    await expect(Promise.all(Array.from({ length: 40 }, () => passwords.hash('rabbit-hole-7')))).resolves.toHaveLength(
      40,
    );
  },
);

test.each([
  ['no-hsts', null],
  ['http-redirected-without-hsts', null],
  ['hsts-without-subdomains', 'max-age=31536000'],
])('%s: a response over https has the HSTS header %j', async (weakness, header) => {
  const app = await appWith(weakness);
  expect((await app.send('/')).headers.get('strict-transport-security')).toBe(header);
});

test.each([
  ['cors-for-every-origin', 'https://evil.example', ['https://evil.example', 'true']],
  ['cors-by-end-of-name', 'https://evilshop.example', ['https://evilshop.example', 'true']],
  ['cors-by-end-of-name', 'https://evil.example', [null, null]],
  ['cors-with-a-star', 'https://evil.example', ['*', 'true']],
  ['cors-without-credentials', 'https://evil.example', ['*', null]],
])('%s: a page of %s is answered with %j', async (weakness, Origin, expected) => {
  const app = await appWith(weakness);
  const { headers } = await app.send('/stock', { headers: { Origin } });
  expect(['origin', 'credentials'].map((what) => headers.get(`access-control-allow-${what}`))).toEqual(expected);
});

test.each([
  ['secure-in-production-only', { NODE_ENV: 'production' }, true],
  ['secure-in-production-only', { NODE_ENV: '' }, false],
  ['secure-in-production-only', { NODE_ENV: 'development' }, false],
  ['secure-unless-development', { NODE_ENV: '' }, true],
  ['secure-unless-development', { NODE_ENV: 'development' }, false],
])('%s: with %j the session cookie is Secure: %j', (weakness, environment, secure) => {
  const { readSettings, sessionOptions } = weaknesses[weakness]!;
  const settings = readSettings!({
    SESSION_SECRET: 'x'.repeat(32),
    LOCAL_DEVELOPMENT: 'yes',
    HOST: '::',
    ...environment,
  });
  expect(sessionOptions!(settings as unknown as Services).cookie).toMatchObject({ secure });
});

describe('a signed token', () => {
  const name = '__Host-token';
  const asks = async (app: TestApp, token: string) =>
    (await app.send('/me', { headers: { Cookie: `${name}=${token}` } })).status;
  const tokenIn = (answer: Answer) =>
    answer.setCookie
      .find((header) => header.startsWith(`${name}=`))!
      .slice(name.length + 1)
      .split(';')[0]!;

  test.each([
    ['token-believed-until-it-expires', 60 * 60, 200],
    ['token-for-five-minutes', 5 * 60, 200],
    ['tokens-denied-after-logout', 60 * 60, 401],
  ])('%s: a copy works for %i s, and is answered %i after the logout', async (weakness, seconds, afterLogout) => {
    const app = await appWith(weakness);
    const login = await app.send('/auth/login', { method: 'POST', body: alice });
    const token = tokenIn(login);
    expect(await app.sids()).toEqual([]);
    app.clock.ahead = (seconds - 2) * 1000;
    expect(await asks(app, token)).toBe(200);
    app.clock.ahead = seconds * 1000;
    expect(await asks(app, token)).toBe(401);
    app.clock.ahead = 0;
    await app.send('/auth/logout', { method: 'POST', headers: { Cookie: `${name}=${token}` } });
    expect(await asks(app, token)).toBe(afterLogout);
  });

  test('of another signature, of none, and of an algorithm that needs none, is refused', async () => {
    const app = await appWith('token-believed-until-it-expires');
    const token = tokenIn(await app.send('/auth/login', { method: 'POST', body: alice }));
    const [header, claims, signature] = token.split('.');
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const admin = encoded({ sub: '3', role: 'admin', exp: 9_999_999_999 });
    const forged = [
      [header, admin, signature],
      [header, claims, ''],
      [header, claims],
      [encoded({ alg: 'none' }), admin, ''],
      [encoded({ alg: 'none' }), claims, signature],
    ];
    for (const parts of forged) expect([parts, await asks(app, parts.join('.'))]).toEqual([parts, 401]);
  });
});

test('sessions-in-memory-up-to-twenty: the twenty-first visitor pushes the first one out', async () => {
  const app = await appWith('sessions-in-memory-up-to-twenty');
  const person = await app.loggedIn(alice);
  const fill = async (baskets: number) => {
    for (let times = 0; times < baskets; times++) await app.visitor().post('/basket', { item: 'hat' });
  };
  await fill(19);
  expect((await person.get('/me')).status).toBe(200);
  await fill(1);
  expect((await person.get('/me')).status).toBe(401);
});

test('sessions-in-memory-expire-soon: a cookie lasts for a minute', async () => {
  const app = await appWith('sessions-in-memory-expire-soon');
  expect(await app.visitor().post('/auth/login', alice)).toSetSessionCookie(60_000);
  expect(await app.sids()).toEqual([]);
});

test.each([
  ['event-stream-checked-when-opened', 'order_placed'],
  ['event-stream-checked-by-heartbeat', 'order_placed'],
  ['event-stream-closed-by-the-page', 'logged_out'],
])('%s: a stream brings %s after the logout', async (weakness, name) => {
  const app = await appWith(weakness);
  const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const address = `${app.origin.replace('https:', 'http:')}/account/events`;
  const response = await fetch(address, { headers: { Cookie: phone.cookie! } });
  const reader = response.body!.getReader();
  await phone.post('/auth/logout');
  await laptop.post('/orders');
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toContain(`event: ${name}\n`);
  expect((await fetch(address, { headers: { Cookie: phone.cookie ?? '' } })).status).toBe(401);
  await reader.cancel();
});
