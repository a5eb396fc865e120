import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { header } from '../../../testing/trace.ts';
import { createCurrentRequest } from '../network/currentRequest.ts';
import { otherSite, reverseProxy } from '../network/hosts.ts';
import { type LoopbackServer, openLoopbackServer } from '../network/loopback.ts';
import { createRecorder, type Recorder } from '../recorder.ts';
import { createClock } from '../time/clock.ts';
import { createActor, type LabActor } from './actor.ts';

const app = express();
app.use(express.text({ type: ['text/plain', 'application/x-www-form-urlencoded', 'application/json'] }));
app.all('/echo', ({ method, headers, body = null }, res) => void res.json({ method, headers, body }));
app.get('/set', ({ query }, res) => void res.append('Set-Cookie', query.cookie as string[]).json({}));
app.get('/token', (_req, res) => void res.json({ csrfToken: 'a-token' }));
app.get('/respond', ({ query }, res) => void res.set(query as Record<string, string>).send('a response'));
app.all('/to/:status', ({ params, query }, res) => res.redirect(Number(params.status), String(query.to)));
app.get('/endless', (_req, res) => res.redirect('/endless'));
let served = 0;
app.get('/page/:name', ({ query }, res) => void res.set(query as Record<string, string>).send(`page ${++served}`));
app.all('/cors', ({ method, headers }, res) => {
  res.set({
    'Access-Control-Allow-Origin': 'https://friend.example',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': 'content-type',
  });
  res.json({ method, cookie: headers.cookie ?? null });
});

let servers: LoopbackServer[];
let recorder: Recorder;
let alice: LabActor;

beforeEach(async () => {
  const clock = createClock();
  const listen = () => openLoopbackServer(() => app, createCurrentRequest());
  const [own, others] = [await listen(), await listen()];
  servers = [own, others];
  recorder = createRecorder(header, clock);
  const proxy = reverseProxy([{ name: 'app', server: own }], null, () => {});
  const other = otherSite(others);
  let requests = 0;
  alice = createActor({ name: 'alice', label: 'Alice', role: 'victim' }, 0, {
    ...{ clock, recorder, nextRequest: () => ++requests, signal: new AbortController().signal, sessionCookie: 'sid' },
    hostOf: ({ host }) => (host.endsWith('shop.example') ? proxy : other),
  });
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const ofType = <Type extends TraceEvent['type']>(type: Type) =>
  recorder.trace.events.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);
const lines = () => ofType('request').map(({ method, url, note }) => `${method} ${url}${note ? ` (${note})` : ''}`);
const setCookie = (cookie: string, origin = '') => alice.get(`${origin}/set?${new URLSearchParams({ cookie })}`);
const respondWith = (headers: Record<string, string>) => `/respond?${new URLSearchParams(headers)}`;
const shop = 'https://shop.example';

test('a browser keeps what is behind the # to itself', async () => {
  await alice.visit('/echo#reset=a-token');
  expect(lines()).toEqual([`GET ${shop}/echo`]);
});

test('a program may write a Host of its own, and the reverse proxy passes it on', async () => {
  const answer = await alice.get('/echo', { headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' } });
  expect(answer.json.headers).toMatchObject({ host: 'evil.example', 'x-forwarded-host': 'evil.example' });
});

describe('a redirect', () => {
  test.each([
    [301, 'GET', null],
    [302, 'GET', null],
    [303, 'GET', null],
    [307, 'POST', 'item=hat'],
    [308, 'POST', 'item=hat'],
  ])('%i of a form continues as %s', async (status, method, body) => {
    const { json } = await alice.form(`/to/${status}?to=/echo`, { item: 'hat' });
    expect(json).toMatchObject({ method, ...(body ? { body } : {}) });
    expect(lines()).toEqual([
      `POST ${shop}/to/${status}?to=/echo (a form)`,
      `${method} ${shop}/echo (follows a redirect)`,
    ]);
  });

  test('stores the cookies of every response along the way', async () => {
    await alice.visit(`/set?${new URLSearchParams({ cookie: 'a=1' })}`);
    await alice.visit('/to/302?to=/set?cookie=b%3D2');
    expect([alice.cookie('a')?.value, alice.cookie('b')?.value]).toEqual(['1', '2']);
  });

  test('that never ends fails', async () => {
    await expect(alice.visit('/endless')).rejects.toThrow('https://shop.example/endless redirects more than 20 times.');
    expect(lines()).toHaveLength(21);
    expect(await alice.on(shop).get('/endless')).toMatchObject({ status: 0, by: 'a network error' });
    expect(lines()).toHaveLength(42);
  });
});

describe('a page of another site', () => {
  const evil = () => alice.on('https://evil.example');
  const friend = () => alice.on('https://friend.example');

  test('sends a preflight without cookies before JSON, and nothing more if the response does not allow it', async () => {
    await setCookie('sid=1; Secure; SameSite=None');
    const answer = await evil().post(`${shop}/cors`, { item: 'hat' });
    expect(lines().slice(1)).toEqual([`OPTIONS ${shop}/cors (a CORS preflight: asks for permission)`]);
    expect(ofType('request').at(-1)!.headers).toContainEqual(['Access-Control-Request-Method', 'POST']);
    expect(
      ofType('request')
        .at(-1)!
        .headers.map(([name]) => name),
    ).not.toContain('Cookie');
    expect(answer).toMatchObject({ status: 0, text: '', by: 'blocked by CORS' });
  });

  test('sends and reads if the response allows it', async () => {
    await setCookie('sid=1; Secure; SameSite=None');
    const answer = await friend().post(`${shop}/cors`, { item: 'hat' });
    expect(
      lines()
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['OPTIONS', 'POST']);
    expect(answer.json).toEqual({ method: 'POST', cookie: 'sid=1' });
  });

  test('sends what a form could send without a preflight, but cannot read the response', async () => {
    await setCookie('sid=1; Secure; SameSite=None');
    const answer = await evil().post(`${shop}/cors`);
    expect(lines().slice(1)).toEqual([`POST ${shop}/cors`]);
    expect(ofType('response').at(-1)!.status).toBe(200);
    expect(ofType('response').at(-1)!.body).toContain('sid=1');
    expect(answer).toMatchObject({ status: 0, text: '', json: undefined });
  });

  test('names itself in Origin and Sec-Fetch-Site when it sends a form', async () => {
    const { json } = await evil().form(`${shop}/echo`, { '{"item":"hat","x': '"}' }, 'text/plain');
    expect(json.headers).toMatchObject({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(json.body).toBe('{"item":"hat","x="}\r\n');
  });

  test('reads and writes only the cookies of its own host', async () => {
    await setCookie('theme=dark; Secure');
    await setCookie('sid=1; Secure; HttpOnly');
    expect(evil().readCookies()).toBe('');
    expect(alice.readCookies()).toBe('theme=dark');
    expect(evil().writeCookie('a=1; Domain=shop.example')).toBe(false);
    expect(alice.writeCookie('theme=light; Secure')).toBe(true);
    expect(alice.cookie('theme')?.value).toBe('light');
    expect(ofType('script').map(({ origin, wrote }) => [origin, wrote])).toEqual([
      ['https://evil.example', null],
      [shop, null],
      ['https://evil.example', 'a=1; Domain=shop.example'],
      [shop, 'theme=light; Secure'],
    ]);
    expect(ofType('jar').at(-1)).toMatchObject({ cause: { by: 'script' } });
  });
});

describe('the CSRF token of a page', () => {
  const tokenSent = () => new Headers(ofType('request').at(-1)!.headers as [string, string][]).get('x-csrf-token');

  test('is sent with requests that change something, not with reads', async () => {
    await alice.post('/echo');
    expect(tokenSent()).toBeNull();
    await alice.get('/token');
    await alice.get('/echo');
    expect(tokenSent()).toBeNull();
    await alice.post('/echo');
    expect(tokenSent()).toBe('a-token');
    await alice.post('/echo', {}, { headers: { 'X-CSRF-Token': 'another' } });
    expect(tokenSent()).toBe('another');
  });

  test('is not available to another site’s page and is not sent to another site', async () => {
    await alice.get('/token');
    await alice.on('https://evil.example').post(`${shop}/echo`);
    expect(tokenSent()).toBeNull();
    await alice.on('https://evil.example').post('/echo');
    expect(tokenSent()).toBeNull();
    await alice.post('https://evil.example/echo');
    expect(tokenSent()).toBeNull();
  });
});

describe('fetch() without credentials: "include"', () => {
  const page = () => alice.on('https://blog.shop.example');
  const why = 'the page’s fetch() does not say credentials: "include"';
  const open = { 'Access-Control-Allow-Origin': '*' };

  test.each(['same-origin', 'omit'] as const)('%s: a page of another origin sends no cookie', async (credentials) => {
    await setCookie('a=1; Secure; SameSite=None');
    await page().get(`${shop}/echo`, { credentials });
    expect(ofType('request').at(-1)!.cookies).toEqual([expect.objectContaining({ name: 'a', sent: false, why })]);
    expect(
      ofType('request')
        .at(-1)!
        .headers.map(([name]) => name),
    ).not.toContain('Cookie');
  });

  test('the cookies of the response are refused, and the jar stays as it is', async () => {
    await page().get(`${shop}/set?${new URLSearchParams({ cookie: 'b=2' })}`, { credentials: 'same-origin' });
    expect(ofType('response').at(-1)!.cookies).toEqual([
      expect.objectContaining({ name: 'b', outcome: 'refused', why }),
    ]);
    expect(alice.cookie('b')).toBeUndefined();
  });

  test('* is enough to read the response; with credentials it is not', async () => {
    const url = `${shop}${respondWith(open)}`;
    expect((await page().get(url, { credentials: 'same-origin' })).status).toBe(200);
    expect((await page().get(url)).by).toBe('blocked by CORS');
  });

  test('a page of the same origin sends and stores cookies with same-origin, and not with omit', async () => {
    await alice.get(`/set?${new URLSearchParams({ cookie: 'c=3' })}`, { credentials: 'omit' });
    expect(alice.cookie('c')).toBeUndefined();
    await alice.get(`/set?${new URLSearchParams({ cookie: 'c=3' })}`, { credentials: 'same-origin' });
    expect((await alice.get('/cors', { credentials: 'same-origin' })).json.cookie).toBe('c=3');
    expect((await alice.get('/cors', { credentials: 'omit' })).json.cookie).toBeNull();
  });
});

describe('Strict-Transport-Security', () => {
  const hsts = (value: string) => respondWith({ 'Strict-Transport-Security': value });

  test('makes the browser use https until max-age has passed', async () => {
    await alice.visit(hsts('max-age=60'));
    await alice.visit('http://shop.example/echo');
    expect(lines().at(-1)).toBe(`GET ${shop}/echo (upgraded to https by HSTS)`);
    await alice.visit('http://blog.shop.example/echo');
    expect(lines().at(-1)).toBe('GET http://blog.shop.example/echo');
    alice.age(61_000);
    await alice.visit('http://shop.example/echo');
    expect(lines().at(-1)).toBe('GET http://shop.example/echo');
  });

  test('covers subdomains only with includeSubDomains, and ends with max-age=0', async () => {
    await alice.visit(hsts('max-age=60; includeSubDomains'));
    await alice.visit('http://blog.shop.example/echo');
    expect(lines().at(-1)).toContain('GET https://blog.shop.example/echo');
    await alice.visit(hsts('max-age=0'));
    await alice.visit('http://shop.example/echo');
    expect(lines().at(-1)).toBe('GET http://shop.example/echo');
  });

  test('is ignored over http', async () => {
    await alice.visit(`http://shop.example${hsts('max-age=60')}`);
    await alice.visit('http://shop.example/echo');
    expect(lines().at(-1)).toBe('GET http://shop.example/echo');
  });
});

describe('Clear-Site-Data', () => {
  const clear = (what: string, origin = '') => alice.visit(origin + respondWith({ 'Clear-Site-Data': what }));
  const left = () =>
    ofType('jar')
      .at(-1)!
      .cookies.map(({ name }) => name);

  test.each(['"cookies"', '"*"', '"cache", "cookies"'])('%s deletes the cookies of the whole site', async (what) => {
    await setCookie('sid=1; Secure');
    await setCookie('wide=1; Secure; Domain=shop.example');
    await alice.on('https://blog.shop.example').get(`/set?${new URLSearchParams({ cookie: 'blog=1; Secure' })}`);
    await alice.on('https://evil.example').get(`/set?${new URLSearchParams({ cookie: 'other=1; Secure' })}`);
    await clear(what);
    expect(left()).toEqual(['other']);
    expect(ofType('jar').at(-1)!.cause).toEqual({ by: 'site-data', request: 5 });
  });

  test('"cache" and a header over http keep them', async () => {
    await setCookie('sid=1; Secure');
    await clear('"cache"');
    await clear('"cookies"', 'http://shop.example');
    expect(alice.cookie('sid')).toBeDefined();
  });
});

describe('the Back button', () => {
  const page = (name: string, cacheControl?: string) =>
    `/page/${name}${cacheControl ? `?${new URLSearchParams({ 'Cache-Control': cacheControl })}` : ''}`;

  test.each([undefined, 'private', 'no-cache, max-age=0'])(
    'shows a page as it was, even with Cache-Control %s',
    async (control) => {
      const first = await alice.visit(page('one', control));
      await alice.visit(page('two'));
      expect((await alice.back()).text).toBe(first.text);
      expect(ofType('request')).toHaveLength(2);
      expect(ofType('page-shown')).toMatchObject([{ actor: 'alice', status: 200, body: first.text }]);
    },
  );

  test('requests a page with no-store again', async () => {
    const first = await alice.visit(page('one', 'no-store'));
    await alice.visit(page('two'));
    expect((await alice.back()).text).not.toBe(first.text);
    expect(lines().at(-1)).toMatch(/page\/one.* \(Back: not stored, so requested again\)$/);
    expect(ofType('page-shown')).toEqual([]);
  });

  test('requests a page again after Clear-Site-Data: "cache"', async () => {
    const first = await alice.visit(page('one'));
    await alice.visit(respondWith({ 'Clear-Site-Data': '"cache"' }));
    expect((await alice.back()).text).not.toBe(first.text);
  });

  test('needs a second page; what a script fetches is not a page', async () => {
    await alice.visit(page('one'));
    await alice.get(page('fetched'));
    await expect(alice.back()).rejects.toThrow('There is no page to go back to');
  });
});

test('closing all windows deletes the cookies without an expiry and records it', async () => {
  await setCookie('sid=1; Secure');
  await setCookie('kept=1; Secure; Max-Age=60');
  alice.closeBrowser();
  expect([alice.cookie('sid'), alice.cookie('kept')?.value]).toEqual([undefined, '1']);
  expect(ofType('jar').at(-1)).toMatchObject({ cookies: [{ name: 'kept' }], cause: { by: 'closed' } });
});
