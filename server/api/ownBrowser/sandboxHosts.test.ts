import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenedSandbox } from '../../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import type { Answer, TestRequest } from '../../../testing/sendTo.ts';
import { closeSites, openSite, type Site } from '../../../testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(closeSites);

const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
const typed = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Sec-Fetch-Site': 'none' };
/** fetch() on the page at the sandbox's host. */
const fetched = { Accept: '*/*', 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' };

const hostOf = (id: string) => `${id}.localhost:${site.port}`;
const send = (id: string, method: string, path: string, { headers, ...message }: TestRequest = {}): Promise<Answer> =>
  site.send(method, path, { ...message, headers: { Host: hostOf(id), ...fetched, ...headers } });
const cookiesIn = ({ headers }: Answer) =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
const ownEvents = (id: string) =>
  site.trace(id).events.filter((event) => event.type === 'joined' || ('actor' in event && event.actor === 'you'));
const last = <Type extends TraceEvent['type']>(id: string, type: Type) =>
  site.trace(id).events.findLast((event) => event.type === type) as Extract<TraceEvent, { type: Type }>;

test('a new sandbox reports where the learner’s own browser can join, or why it cannot', async () => {
  const { id, ownBrowser } = await site.openSandbox();
  expect(ownBrowser).toEqual({ address: `http://${hostOf(id)}/` });
  const open = await openSite({ host: '0.0.0.0' });
  const opened: OpenedSandbox = await open.openSandbox();
  expect(opened.ownBrowser).toEqual({ whyNot: expect.stringContaining('HOST=0.0.0.0') });
  const answer = await open.send('GET', '/', { headers: { Host: `${opened.id}.localhost:${open.port}` } });
  expect([answer.status, answer.json.error.code]).toEqual([421, 'wrong-host']);
});

describe('a typed address', () => {
  test('gets a page with a strict content security policy, and the own browser joins once', async () => {
    const { id } = await site.openSandbox({ variant: 'protected' });
    const { status, headers, text: page } = await send(id, 'GET', '/', { headers: typed });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ]+'; script-src 'sha256-/,
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).not.toHaveProperty('set-cookie');
    for (const text of [credentials.email, credentials.password, 'the protected app']) expect(page).toContain(text);
    await send(id, 'GET', '/', { headers: typed });
    expect(ownEvents(id)).toMatchObject([{ type: 'joined', step: null, actor: { name: 'you', label: 'You' } }]);
  });

  test('gets the app’s own response on every other path, and a script gets it on this path, too', async () => {
    const { id } = await site.openSandbox();
    expect(await send(id, 'GET', '/me', { headers: typed })).toMatchObject({
      status: 401,
      json: { error: 'Log in first.' },
    });
    const start = await send(id, 'GET', '/');
    expect(start).toMatchObject({ status: 200, json: { shop: 'Hats and rabbits' } });
    // The app's own headers only: no header of the lab may protect it.
    for (const lab of ['content-security-policy', 'x-powered-by', 'x-content-type-options']) {
      expect(start.headers).not.toHaveProperty(lab);
    }
  });

  test('requests that browsers send on their own get 404 and are not recorded', async () => {
    const { id } = await site.openSandbox();
    expect((await send(id, 'GET', '/favicon.ico')).status).toBe(404);
    expect((await send(id, 'GET', '/.well-known/appspecific/com.chrome.devtools.json')).status).toBe(404);
    expect(ownEvents(id)).toEqual([]);
  });
});

describe('a request', () => {
  test('goes to the app through the reverse proxy, and the trace records what was sent, added, answered and stored', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const answer = await send(id, 'POST', '/auth/login', { body: credentials });
    expect(answer).toMatchObject({ status: 200, json: { email: credentials.email } });
    const request = last(id, 'request');
    expect(request).toMatchObject({
      ...{ actor: 'you', step: null, method: 'POST', url: `http://${hostOf(id)}/auth/login`, cookies: [] },
      note: expect.stringContaining('reports https to the app'),
      body: expect.stringContaining('••••••'),
      forwarded: [
        ['X-Forwarded-For', expect.stringMatching(/127\.0\.0\.1$/)],
        ['X-Forwarded-Proto', 'https'],
      ],
    });
    expect(request.headers).toContainEqual(['Host', hostOf(id)]);
    expect(request.headers).toContainEqual(['Sec-Fetch-Site', 'same-origin']);
    const response = last(id, 'response');
    expect(response).toMatchObject({ request: request.id, step: null, code: { file: 'server/app/auth/login.ts' } });
    expect(response.cookies.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['__Host-device', 'stored'],
      ['__Host-sid', 'stored'],
    ]);
    const { commands, keys } = effectsOf(id, request.id);
    expect(commands).toContain('set');
    expect(keys.some((key) => key.includes(':sess:'))).toBe(true);
    expect(last(id, 'jar')).toMatchObject({ actor: 'you', cause: { by: 'response', request: request.id } });
  });

  test('stays logged in with the cookie and logs out with the CSRF token', async () => {
    const { id } = await site.openSandbox({ variant: 'protected' });
    const login = await send(id, 'POST', '/auth/login', { body: credentials });
    const headers = { Cookie: cookiesIn(login) };
    const me = await send(id, 'GET', '/me', { headers });
    expect(me).toMatchObject({ status: 200, json: { email: credentials.email } });
    expect(last(id, 'request').cookies.map(({ name, sent }) => [name, sent])).toEqual([
      ['__Host-device', true],
      ['__Host-sid', true],
    ]);
    const token = { 'X-CSRF-Token': me.json.csrfToken };
    expect((await send(id, 'POST', '/auth/logout', { headers })).status).toBe(403);
    const logout = await send(id, 'POST', '/auth/logout', { headers: { ...headers, ...token } });
    expect(logout.status).toBe(204);
    expect(last(id, 'jar').cookies.map(({ name }) => name)).toEqual(['__Host-device']);
    expect((await send(id, 'GET', '/me', { headers })).status).toBe(401);
    // That request carried a cookie which the previous response had deleted, so the browser still has it.
    expect(last(id, 'jar')).toMatchObject({ cause: { by: 'seen' } });
  });

  test('gets redirects and responses to HEAD as the app sends them', async () => {
    const { id } = await site.openSandbox();
    const redirect = await send(id, 'POST', '/auth/login', { body: { ...credentials, goTo: '/me' } });
    expect(redirect).toMatchObject({ status: 303, headers: { location: '/me', 'content-length': '0' }, text: '' });
    expect(await send(id, 'HEAD', '/basket')).toMatchObject({ status: 200, text: '' });
    expect(await send(id, 'GET', '/assets/app.css')).toMatchObject({
      status: 200,
      text: expect.stringContaining('{'),
    });
  });

  test('from another site is refused by the app, not by the lab', async () => {
    const { id } = await site.openSandbox({ variant: 'protected' });
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
    const answer = await send(id, 'POST', '/auth/login', { headers, body: credentials });
    expect(answer).toMatchObject({ status: 403, json: { error: 'This request does not come from our own pages.' } });
    expect(last(id, 'response').code?.file).toBe('server/app/middleware/csrf.ts');
  });

  test('from a browser that sends no Sec-Fetch header is answered, and the trace shows what the proxy reports', async () => {
    const { id } = await site.openSandbox({ variant: 'protected' });
    const Origin = `http://${hostOf(id)}`;
    const headers = { Host: hostOf(id), Accept: '*/*', Origin };
    const answer = await site.send('POST', '/auth/login', { headers, body: credentials });
    expect(answer.status).toBe(200);
    const sent = last(id, 'request');
    expect(sent.headers).toContainEqual(['Origin', Origin]);
    expect(sent.forwarded).toContainEqual(['Origin', Origin.replace('http:', 'https:')]);
    // It does not take the Secure cookie over http, so it stays logged out.
    const after = await site.send('GET', '/me', { headers: { Host: hostOf(id), Accept: '*/*' } });
    expect(after.status).toBe(401);
    expect(last(id, 'request').cookies).toContainEqual(
      expect.objectContaining({ name: '__Host-sid', sent: false, why: 'your browser no longer has it' }),
    );
    // Another page's origin is passed on as it is.
    for (const other of ['https://evil.example', `http://other.localhost:${site.port}`, 'null']) {
      const foreign = { headers: { ...headers, Origin: other }, body: credentials };
      expect((await site.send('POST', '/auth/login', foreign)).status).toBe(403);
    }
  });

  test('keeps its cookies after a jump in time, because a real browser’s clock does not jump', async () => {
    const { id } = await site.openSandbox();
    const { headers } = {
      headers: { Cookie: cookiesIn(await send(id, 'POST', '/auth/login', { body: credentials })) },
    };
    const before = last(id, 'jar').cookies.find(({ name }) => name === '__Host-sid')!;
    const hour = 3_600_000;
    await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: hour });
    const after = last(id, 'jar');
    expect(after).toMatchObject({ actor: 'you', cause: { by: 'own-clock' } });
    const moved = after.cookies.find(({ name }) => name === '__Host-sid')!.expiresAt! - before.expiresAt!;
    expect(Math.abs(moved - hour)).toBeLessThan(100);
    // Its record in Redis has expired.
    expect((await send(id, 'GET', '/me', { headers })).status).toBe(401);
  });

  test('is recorded in its own sandbox only', async () => {
    const [mine, other] = [await site.openSandbox(), await site.openSandbox({ variant: 'protected' })];
    await send(mine.id, 'POST', '/basket', { body: { item: 'a hat' } });
    expect(ownEvents(mine.id).length).toBeGreaterThan(1);
    expect(ownEvents(other.id)).toEqual([]);
  });
});

describe('the API', () => {
  test('is not available at a sandbox’s host', async () => {
    const { id } = await site.openSandbox();
    const before = site.sandboxes.size;
    const create = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };
    const answers = [
      await send(id, 'GET', '/api/catalogue'),
      await send(id, 'GET', `/api/sandboxes/${id}/events`),
      await send(id, 'POST', '/api/sandboxes', { body: create }),
      await send(id, 'DELETE', `/api/sandboxes/${id}`),
    ];
    for (const { status, json } of answers) expect([status, json]).toEqual([401, { error: 'Log in first.' }]);
    expect(site.sandboxes.size).toBe(before);
  });

  test('refuses requests of a page at a sandbox’s host', async () => {
    const { id } = await site.openSandbox();
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
  test('of a sandbox that does not exist, or no longer exists, says so', async () => {
    const { id } = await site.openSandbox();
    await site.delete(`/api/sandboxes/${id}`);
    for (const missing of [id, '0123456789ab']) {
      const page = await send(missing, 'GET', '/', { headers: typed });
      expect(page).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
      expect(page.text).toContain('The server does not have this sandbox');
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      const answer = await send(missing, 'POST', '/basket', { body: { item: 'a hat' } });
      expect([answer.status, answer.json.error.code]).toEqual([404, 'unknown-sandbox']);
    }
  });

  test('in capital letters is the same host', async () => {
    const { id } = await site.openSandbox();
    const headers = { Host: hostOf(id).toUpperCase() };
    expect((await site.send('GET', '/me', { headers })).json).toEqual({ error: 'Log in first.' });
  });

  test.each<[string, (id: string, port: number) => string]>([
    ['without the port', (id) => `${id}.localhost`],
    ['with another port', (id, port) => `${id}.localhost:${port + 1}`],
    ['with a prefix', (id, port) => `x.${id}.localhost:${port}`],
    ['with a suffix', (id, port) => `${id}.localhost.evil.example:${port}`],
    ['with a dot at the end', (id, port) => `${id}.localhost.:${port}`],
    ['under 127.0.0.1', (id, port) => `${id}.127.0.0.1:${port}`],
    ['without .localhost', (id, port) => `${id}:${port}`],
    ['with a name that is not an id', (_, port) => `somebody.localhost:${port}`],
    ['with a user name', (id, port) => `${id}@${id}.localhost:${port}`],
  ])('%s is refused', async (_, wrong) => {
    const { id } = await site.openSandbox();
    const headers = { Host: wrong(id, site.port) };
    for (const path of ['/', '/me', '/api/catalogue']) {
      expect((await site.send('GET', path, { headers })).status).toBe(421);
    }
    expect(ownEvents(id)).toEqual([]);
  });
});

describe('a refused request is not recorded', () => {
  test.each<[string, number, TestRequest & { path?: string }]>([
    ['a body that is too large', 413, { body: 'x'.repeat(65 * 1024) }],
    ['a compressed body', 415, { body: gzipSync('{}'), headers: { 'Content-Encoding': 'gzip' } }],
    ['a request target that is not a path', 400, { path: 'http://evil.example/' }],
  ])('%s', async (_, status, { path = '/basket', ...message }) => {
    const { id } = await site.openSandbox();
    const answer = await send(id, 'POST', path, message);
    expect(answer.status).toBe(status);
    expect(answer.json.error.message).toMatch(/\S \S/);
    expect(ownEvents(id)).toEqual([]);
  });

  test('one that does not fit into the trace', async () => {
    const { id } = await site.openSandbox();
    vi.spyOn(site.sandboxes.find(id)!, 'full', 'get').mockReturnValue(true);
    expect((await send(id, 'GET', '/me')).json.error.code).toBe('trace-full');
  });

  test('one with more cookies than a browser keeps, before it costs anything', async () => {
    const { id } = await site.openSandbox();
    const cookies = (count: number) => Array.from({ length: count }, (_, index) => `c${index}=1`).join('; ');
    const { status, json } = await send(id, 'GET', '/me', { headers: { Cookie: cookies(181) } });
    expect(status).toBe(431);
    expect(json.error.message).toBe('This request carries 181 cookies. A browser keeps at most 180 for a site.');
    expect(ownEvents(id)).toEqual([]);
    expect((await send(id, 'GET', '/me', { headers: { Cookie: cookies(180) } })).status).toBe(401);
  });

  test('more requests than a person can send, counted per sandbox', async () => {
    const [mine, other] = [await site.openSandbox(), await site.openSandbox()];
    const answers = await Promise.all(Array.from({ length: 110 }, () => send(mine.id, 'GET', '/')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]!.json.error.message).toContain('Wait a few seconds');
    expect(site.trace(mine.id).events.filter(({ type }) => type === 'request')).toHaveLength(100);
    expect((await send(other.id, 'GET', '/')).status).toBe(200);
  });
});

test('a missing answer of the app is reported as such', async () => {
  const { id } = await site.openSandbox();
  vi.spyOn(site.sandboxes.find(id)!.ownBrowser, 'answer').mockRejectedValueOnce(
    new Error('The app did not answer: hung up'),
  );
  const answer = await send(id, 'GET', '/me');
  expect([answer.status, answer.json.error]).toEqual([
    502,
    { code: 'bad-gateway', message: 'The app did not answer: hung up' },
  ]);
  expect(site.logged).toEqual([]);
});

function effectsOf(id: string, request: number) {
  const { events } = site.trace(id);
  const commands = events.flatMap((event) => (event.type === 'command' && event.request === request ? [event] : []));
  const ids = commands.map((command) => command.id);
  const keys = events.flatMap((event) =>
    event.type === 'key' && event.cause.by === 'command' && ids.includes(event.cause.command) ? [event.key] : [],
  );
  return { commands: commands.map(({ name }) => name), keys };
}
