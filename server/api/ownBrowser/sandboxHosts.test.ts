import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenedSandbox } from '../../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { type Answer, closeSites, type Message, openSite, type Site } from '../../../testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(closeSites);

const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
const typed = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Sec-Fetch-Site': 'none' };
/** fetch() of the page at the sandbox's host. */
const fetched = { Accept: '*/*', 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' };

const hostOf = (id: string) => `${id}.localhost:${site.port}`;
const ask = (id: string, method: string, path: string, { headers, ...message }: Message = {}): Promise<Answer> =>
  site.send(method, path, { ...message, headers: { Host: hostOf(id), ...fetched, ...headers } });
const cookiesIn = ({ headers }: Answer) =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
const yours = (id: string) =>
  site.trace(id).events.filter((event) => event.type === 'joined' || ('actor' in event && event.actor === 'you'));
const last = <Type extends TraceEvent['type']>(id: string, type: Type) =>
  site.trace(id).events.findLast((event) => event.type === type) as Extract<TraceEvent, { type: Type }>;

test('a new sandbox has the address of the own browser, or the reason why there is none', async () => {
  const { id, ownBrowser } = await site.made();
  expect(ownBrowser).toEqual({ address: `http://${hostOf(id)}/` });
  const open = await openSite({ host: '0.0.0.0' });
  const made: OpenedSandbox = await open.made();
  expect(made.ownBrowser).toEqual({ whyNot: expect.stringContaining('HOST=0.0.0.0') });
  const answer = await open.send('GET', '/', { headers: { Host: `${made.id}.localhost:${open.port}` } });
  expect([answer.status, answer.json.error.code]).toEqual([421, 'wrong-host']);
});

describe('an address that was typed', () => {
  test('gets a page with minimal permissions, and the learner joins', async () => {
    const { id } = await site.made({ variant: 'protected' });
    const { status, headers, text } = await ask(id, 'GET', '/', { headers: typed });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ]+'; script-src 'sha256-/,
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).not.toHaveProperty('set-cookie');
    for (const said of [credentials.email, credentials.password, 'the protected app']) expect(text).toContain(said);
    await ask(id, 'GET', '/', { headers: typed });
    expect(yours(id)).toMatchObject([{ type: 'joined', step: null, actor: { name: 'you', label: 'You' } }]);
  });

  test('gets the app’s own answer on every other path, as does a script on this path', async () => {
    const { id } = await site.made();
    expect(await ask(id, 'GET', '/me', { headers: typed })).toMatchObject({
      status: 401,
      json: { error: 'Log in first.' },
    });
    const start = await ask(id, 'GET', '/');
    expect(start).toMatchObject({ status: 200, json: { shop: 'Hats and rabbits' } });
    // The app's headers and no other: nothing of the lab's may protect it.
    for (const lab of ['content-security-policy', 'x-powered-by', 'x-content-type-options']) {
      expect(start.headers).not.toHaveProperty(lab);
    }
  });

  test('files that browsers request by themselves do not exist and are not recorded', async () => {
    const { id } = await site.made();
    expect((await ask(id, 'GET', '/favicon.ico')).status).toBe(404);
    expect((await ask(id, 'GET', '/.well-known/appspecific/com.chrome.devtools.json')).status).toBe(404);
    expect(yours(id)).toEqual([]);
  });
});

describe('a visit', () => {
  test('goes through the load balancer to the app, and is recorded with its response and cookies', async () => {
    const { id } = await site.made({ playTo: 1 });
    const answer = await ask(id, 'POST', '/auth/login', { body: credentials });
    expect(answer).toMatchObject({ status: 200, json: { email: credentials.email } });
    const request = last(id, 'request');
    expect(request).toMatchObject({
      ...{ actor: 'you', step: null, method: 'POST', url: `http://${hostOf(id)}/auth/login`, cookies: [] },
      note: expect.stringContaining('the app is told https'),
      body: expect.stringContaining('••••••'),
      forwarded: [
        ['X-Forwarded-For', expect.stringMatching(/127\.0\.0\.1$/)],
        ['X-Forwarded-Proto', 'https'],
      ],
    });
    expect(request.headers).toContainEqual(['Host', hostOf(id)]);
    expect(request.headers).toContainEqual(['Sec-Fetch-Site', 'same-origin']);
    const response = last(id, 'response');
    expect(response).toMatchObject({ request: request.id, step: null, code: { file: 'server/app/routes/auth.ts' } });
    expect(response.cookies.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['__Host-device', 'stored'],
      ['__Host-sid', 'stored'],
    ]);
    const { commands, keys } = whatItCaused(id, request.id);
    expect(commands).toContain('set');
    expect(keys.some((key) => key.includes(':sess:'))).toBe(true);
    expect(last(id, 'jar')).toMatchObject({ actor: 'you', cause: { by: 'response', request: request.id } });
  });

  test('stays logged in with the cookie, uses the CSRF token and logs out', async () => {
    const { id } = await site.made({ variant: 'protected' });
    const login = await ask(id, 'POST', '/auth/login', { body: credentials });
    const headers = { Cookie: cookiesIn(login) };
    const me = await ask(id, 'GET', '/me', { headers });
    expect(me).toMatchObject({ status: 200, json: { email: credentials.email } });
    expect(last(id, 'request').cookies.map(({ name, sent }) => [name, sent])).toEqual([
      ['__Host-device', true],
      ['__Host-sid', true],
    ]);
    const token = { 'X-CSRF-Token': me.json.csrfToken };
    expect((await ask(id, 'POST', '/auth/logout', { headers })).status).toBe(403);
    const logout = await ask(id, 'POST', '/auth/logout', { headers: { ...headers, ...token } });
    expect(logout.status).toBe(204);
    expect(last(id, 'jar').cookies.map(({ name }) => name)).toEqual(['__Host-device']);
    expect((await ask(id, 'GET', '/me', { headers })).status).toBe(401);
    // That request carried a cookie which the answer before had removed: it is there after all.
    expect(last(id, 'jar')).toMatchObject({ cause: { by: 'seen' } });
  });

  test('can be redirected, and can be a HEAD request', async () => {
    const { id } = await site.made();
    const redirect = await ask(id, 'POST', '/auth/login', { body: { ...credentials, goTo: '/me' } });
    expect(redirect).toMatchObject({ status: 303, headers: { location: '/me', 'content-length': '0' }, text: '' });
    expect(await ask(id, 'HEAD', '/basket')).toMatchObject({ status: 200, text: '' });
    expect(await ask(id, 'GET', '/assets/app.css')).toMatchObject({ status: 200, text: expect.stringContaining('{') });
  });

  test('from another site is refused by the app itself', async () => {
    const { id } = await site.made({ variant: 'protected' });
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
    const answer = await ask(id, 'POST', '/auth/login', { headers, body: credentials });
    expect(answer).toMatchObject({ status: 403, json: { error: 'This request came from another site.' } });
    expect(last(id, 'response').code?.file).toBe('server/app/middleware/refuseCrossSite.ts');
  });

  test('keeps its cookies when time is jumped, because a real clock does not jump', async () => {
    const { id } = await site.made();
    const { headers } = { headers: { Cookie: cookiesIn(await ask(id, 'POST', '/auth/login', { body: credentials })) } };
    const before = last(id, 'jar').cookies.find(({ name }) => name === '__Host-sid')!;
    const hour = 3_600_000;
    await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: hour });
    const after = last(id, 'jar');
    expect(after).toMatchObject({ actor: 'you', cause: { by: 'own-clock' } });
    const moved = after.cookies.find(({ name }) => name === '__Host-sid')!.expiresAt! - before.expiresAt!;
    expect(Math.abs(moved - hour)).toBeLessThan(100);
    // Its record has run out in Redis.
    expect((await ask(id, 'GET', '/me', { headers })).status).toBe(401);
  });

  test('reaches that sandbox and no other', async () => {
    const [mine, other] = [await site.made(), await site.made({ variant: 'protected' })];
    await ask(mine.id, 'POST', '/basket', { body: { item: 'a hat' } });
    expect(yours(mine.id).length).toBeGreaterThan(1);
    expect(yours(other.id)).toEqual([]);
  });
});

describe('the API', () => {
  test('does not answer at a sandbox’s host', async () => {
    const { id } = await site.made();
    const before = site.sandboxes.size;
    const create = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };
    const answers = [
      await ask(id, 'GET', '/api/catalogue'),
      await ask(id, 'GET', `/api/sandboxes/${id}/events`),
      await ask(id, 'POST', '/api/sandboxes', { body: create }),
      await ask(id, 'DELETE', `/api/sandboxes/${id}`),
    ];
    for (const { status, json } of answers) expect([status, json]).toEqual([401, { error: 'Log in first.' }]);
    expect(site.sandboxes.size).toBe(before);
  });

  test('refuses requests of a page at a sandbox’s host', async () => {
    const { id } = await site.made();
    const before = site.trace(id);
    const origin = { Origin: `http://${hostOf(id)}`, Host: `127.0.0.1:${site.port}` };
    for (const headers of [origin, { ...origin, 'Sec-Fetch-Site': 'cross-site' }]) {
      for (const answer of [
        await site.send('GET', `/api/sandboxes/${id}/events`, { headers }),
        await site.send('POST', `/api/sandboxes/${id}/steps`, { headers, body: { upTo: 1 } }),
        await site.send('DELETE', `/api/sandboxes/${id}`, { headers }),
      ]) {
        expect([answer.status, answer.json.error.code]).toEqual([403, 'cross-site']);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
    expect(site.trace(id)).toEqual(before);
  });
});

describe('a host', () => {
  test('of an unknown or closed sandbox is answered 404', async () => {
    const { id } = await site.made();
    await site.delete(`/api/sandboxes/${id}`);
    for (const gone of [id, '0123456789ab']) {
      const page = await ask(gone, 'GET', '/', { headers: typed });
      expect(page).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
      expect(page.text).toContain('The server does not have this sandbox');
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      const answer = await ask(gone, 'POST', '/basket', { body: { item: 'a hat' } });
      expect([answer.status, answer.json.error.code]).toEqual([404, 'unknown-sandbox']);
    }
  });

  test('in capitals is the same host', async () => {
    const { id } = await site.made();
    const headers = { Host: hostOf(id).toUpperCase() };
    expect((await site.send('GET', '/me', { headers })).json).toEqual({ error: 'Log in first.' });
  });

  test.each<[string, (id: string, port: number) => string]>([
    ['without the port', (id) => `${id}.localhost`],
    ['with another port', (id, port) => `${id}.localhost:${port + 1}`],
    ['with something before it', (id, port) => `x.${id}.localhost:${port}`],
    ['with something behind it', (id, port) => `${id}.localhost.evil.example:${port}`],
    ['with a dot behind it', (id, port) => `${id}.localhost.:${port}`],
    ['of 127.0.0.1', (id, port) => `${id}.127.0.0.1:${port}`],
    ['of the name alone', (id, port) => `${id}:${port}`],
    ['of somebody', (_, port) => `somebody.localhost:${port}`],
    ['with a user before it', (id, port) => `${id}@${id}.localhost:${port}`],
  ])('%s is refused', async (_, wrong) => {
    const { id } = await site.made();
    const headers = { Host: wrong(id, site.port) };
    for (const path of ['/', '/me', '/api/catalogue']) {
      expect((await site.send('GET', path, { headers })).status).toBe(421);
    }
    expect(yours(id)).toEqual([]);
  });
});

describe('a refused request is not recorded:', () => {
  test.each<[string, number, Message & { path?: string }]>([
    ['a body that is too large', 413, { body: 'x'.repeat(65 * 1024) }],
    ['a body that is packed', 415, { body: gzipSync('{}'), headers: { 'Content-Encoding': 'gzip' } }],
    ['an address that is no path', 400, { path: 'http://evil.example/' }],
  ])('%s', async (_, status, { path = '/basket', ...message }) => {
    const { id } = await site.made();
    const answer = await ask(id, 'POST', path, message);
    expect(answer.status).toBe(status);
    expect(answer.json.error.message).toMatch(/\S \S/);
    expect(yours(id)).toEqual([]);
  });

  test('when the trace is full', async () => {
    const { id } = await site.made();
    vi.spyOn(site.sandboxes.find(id)!, 'full', 'get').mockReturnValue(true);
    expect((await ask(id, 'GET', '/me')).json.error.code).toBe('trace-full');
  });

  test('when there are more than a person can click, at that sandbox alone', async () => {
    const [mine, other] = [await site.made(), await site.made()];
    const answers = await Promise.all(Array.from({ length: 110 }, () => ask(mine.id, 'GET', '/')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]!.json.error.message).toContain('Wait a few seconds');
    expect(site.trace(mine.id).events.filter(({ type }) => type === 'request')).toHaveLength(100);
    expect((await ask(other.id, 'GET', '/')).status).toBe(200);
  });
});

test('an app that does not answer gives a 502, which is recorded', async () => {
  const { id } = await site.made();
  vi.spyOn(site.sandboxes.find(id)!.you, 'answer').mockRejectedValueOnce(new Error('The shop gave no answer: hung up'));
  const answer = await ask(id, 'GET', '/me');
  expect([answer.status, answer.json.error]).toEqual([
    502,
    { code: 'bad-gateway', message: 'The shop gave no answer: hung up' },
  ]);
  expect(site.logged).toEqual([]);
});

function whatItCaused(id: string, request: number) {
  const { events } = site.trace(id);
  const commands = events.flatMap((event) => (event.type === 'command' && event.request === request ? [event] : []));
  const ids = commands.map((command) => command.id);
  const keys = events.flatMap((event) =>
    event.type === 'key' && event.cause.by === 'command' && ids.includes(event.cause.command) ? [event.key] : [],
  );
  return { commands: commands.map(({ name }) => name), keys };
}
