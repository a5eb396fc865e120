import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActorOutline, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { header } from '../../../testing/trace.ts';
import { createCurrentRequest } from '../network/currentRequest.ts';
import { reverseProxy } from '../network/hosts.ts';
import { type LoopbackServer, openLoopbackServer } from '../network/loopback.ts';
import { createRecorder, type Recorder } from '../recorder.ts';
import { createClock } from '../time/clock.ts';
import { createActor, type LabActor } from './actor.ts';

const app = express();
app.use(express.json());
app.all('/echo', ({ method, rawHeaders, body = null, url }, res) => void res.json({ method, rawHeaders, body, url }));
app.get('/set', ({ query }, res) => void res.append('Set-Cookie', query.cookie as string[]).json({}));
app.get('/text', (_req, res) => void res.status(418).send('{"half'));
app.get('/hang-up', (_req, res) => void res.destroy());

let server: LoopbackServer;
let recorder: Recorder;
let ending: AbortController;
let alice: LabActor;
let mallory: LabActor;

beforeEach(async () => {
  const clock = createClock();
  server = await openLoopbackServer(() => app, createCurrentRequest());
  recorder = createRecorder(header, clock);
  ending = new AbortController();
  const proxy = reverseProxy([{ name: 'app', server }], null, () => {});
  let requests = 0;
  const environment = {
    clock,
    recorder,
    hostOf: () => proxy,
    nextRequest: () => ++requests,
    signal: ending.signal,
    sessionCookie: 'sid',
  };
  const outlines: ActorOutline[] = [
    { name: 'alice', label: 'Alice’s laptop', role: 'victim' },
    { name: 'mallory', label: 'Mallory', role: 'attacker' },
  ];
  [alice, mallory] = outlines.map((outline, index) => createActor(outline, index, environment)) as [LabActor, LabActor];
});
afterEach(() => server.close());

const ofType = <Type extends TraceEvent['type']>(type: Type) =>
  recorder.trace.events.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);
const setCookie = (actor: LabActor, ...cookies: string[]) =>
  actor.get(`/set?${new URLSearchParams(cookies.map((cookie) => ['cookie', cookie]))}`);

const sid = 'sid=s%3Aabc.sig; Path=/; HttpOnly; Secure; SameSite=Lax';

describe('a request', () => {
  test('is sent as a browser sends it, through the reverse proxy, and the trace has what was really sent', async () => {
    await setCookie(alice, sid);
    const { json } = await alice.post('/echo?x=1', { item: 'hät' });
    const sent = Object.fromEntries(
      json.rawHeaders.flatMap((_: string, at: number, all: string[]) => (at % 2 ? [] : [[all[at], all[at + 1]]])),
    );

    expect(json).toMatchObject({ method: 'POST', url: '/echo?x=1', body: { item: 'hät' } });
    expect(sent).toMatchObject({
      Host: 'shop.example',
      'User-Agent': "Mozilla/5.0 (Alice's laptop)",
      'Content-Type': 'application/json',
      'Content-Length': '15',
      Cookie: 'sid=s%3Aabc.sig',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-For': '203.0.113.1',
    });
    const recorded = ofType('request').at(-1)!;
    expect(recorded).toMatchObject({
      id: 2,
      actor: 'alice',
      method: 'POST',
      url: 'https://shop.example/echo?x=1',
      body: '{"item":"hät"}',
    });
    expect({ ...Object.fromEntries([...recorded.headers, ...recorded.forwarded]), Connection: 'close' }).toEqual(sent);
  });

  test.each([
    ['get', 'GET'],
    ['post', 'POST'],
    ['delete', 'DELETE'],
  ] as const)('%s sends %s, without a body if there is none', async (method, sent) => {
    const { json } = await alice[method]('/echo');
    expect(json).toMatchObject({ method: sent, body: null });
    expect(json.rawHeaders).not.toContain('Content-Type');
    expect(ofType('request')[0]!.body).toBeNull();
  });

  test('over plain http reports http to the app and carries no Secure cookie', async () => {
    await setCookie(alice, sid);
    const { json } = await alice.visit('http://shop.example/echo');
    expect(json.rawHeaders).toContain('http');
    expect(json.rawHeaders).not.toContain('Cookie');
    expect(ofType('request').at(-1)!.cookies).toMatchObject([{ name: 'sid', sent: false, why: expect.any(String) }]);
  });

  test('without an answer is recorded as failed, and throws an error that names it', async () => {
    await expect(alice.get('/hang-up')).rejects.toThrow('GET /hang-up got no answer: socket hang up');
    expect(ofType('request-failed')).toMatchObject([{ request: 1, why: 'socket hang up' }]);
    expect(() => alice.last).toThrow();
  });

  test('is not sent after the sandbox has ended', async () => {
    ending.abort(new Error('the page was closed'));
    await expect(alice.get('/echo')).rejects.toThrow('the page was closed');
    expect(recorder.trace.events).toEqual([]);
  });
});

describe('a response', () => {
  test('is the actor’s last response, whatever its status', async () => {
    expect(() => alice.last).toThrow('Alice’s laptop has not sent a request yet, so there is no last response.');
    const { status, text, json } = await alice.get('/text');
    expect([status, text, json]).toEqual([418, '{"half', undefined]);
    expect(alice.last).toMatchObject({ status: 418 });
    expect(() => mallory.last).toThrow();
  });

  test('is added to the actor’s responses', async () => {
    await alice.get('/text');
    await alice.get('/echo');
    expect(alice.responses.map(({ status }) => status)).toEqual([418, 200]);
    expect(mallory.responses).toEqual([]);
  });

  test('with several Set-Cookie headers records what the browser did with each', async () => {
    const { headers } = await setCookie(alice, sid, 'evil=1; Domain=other.example', 'theme=dark; Max-Age=60');
    expect(headers['set-cookie']?.split('\n')).toHaveLength(3);
    const [response] = ofType('response');
    expect(response!.cookies.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['sid', 'stored'],
      ['evil', 'refused'],
      ['theme', 'stored'],
    ]);
    expect(ofType('jar')).toMatchObject([{ actor: 'alice', cause: { by: 'response', request: 1 } }]);
    expect(ofType('jar')[0]!.cookies.map(({ name, expiresAt }) => [name, expiresAt === null])).toEqual([
      ['sid', true],
      ['theme', false],
    ]);
  });

  test('without Set-Cookie does not change the jar', async () => {
    await alice.get('/echo');
    expect(ofType('jar')).toEqual([]);
  });
});

describe('a cookie', () => {
  test('has a remaining lifetime and disappears at its end', async () => {
    await setCookie(alice, sid, 'theme=dark; Max-Age=60');
    expect([alice.expiresIn('sid'), alice.expiresIn('none')]).toEqual([null, undefined]);
    expect(alice.expiresIn('theme')).toBeGreaterThan(55_000);
    alice.age(30_000);
    expect(alice.expiresIn('theme')).toBeLessThanOrEqual(30_000);
    alice.age(30_000);
    expect(alice.expiresIn('theme')).toBeUndefined();
    expect(alice.cookie('theme')).toBeUndefined();
    expect(alice.cookie('sid')).toMatchObject({ value: 's%3Aabc.sig', domain: 'shop.example', httpOnly: true });
  });

  test('is planted with all its attributes and replaces the existing one', async () => {
    await setCookie(mallory, `${sid}; Max-Age=60`);
    await setCookie(alice, 'sid=old; Path=/; Secure; HttpOnly');
    await mallory.plantCookie(alice);
    expect(alice.cookie('sid')).toMatchObject({ value: 's%3Aabc.sig', sameSite: 'Lax', secure: true });
    expect(alice.expiresIn('sid')).toBeGreaterThan(55_000);
    expect(mallory.cookie('sid')?.value).toBe('s%3Aabc.sig');
    expect(recorder.trace.events.slice(-2)).toMatchObject([
      { type: 'cookie-planted', actor: 'mallory', victim: 'alice', name: 'sid', value: 's%3Aabc.sig' },
      { type: 'jar', actor: 'alice', cause: { by: 'planted', actor: 'mallory' }, cookies: [{ value: 's%3Aabc.sig' }] },
    ]);
  });

  test('is copied without an expiry, so the copy outlives the original', async () => {
    await setCookie(alice, `${sid}; Max-Age=60`);
    await mallory.copyCookie(alice);
    for (const actor of [alice, mallory]) actor.age(61_000);
    expect(alice.cookie('sid')).toBeUndefined();
    expect(mallory.cookie('sid')?.value).toBe('s%3Aabc.sig');
    expect(mallory.expiresIn('sid')).toBeNull();
    expect(recorder.trace.events.slice(-2)).toMatchObject([
      { type: 'cookie-copied', actor: 'mallory', victim: 'alice', name: 'sid' },
      { type: 'jar', actor: 'mallory', cause: { by: 'copied', actor: 'alice' } },
    ]);
  });

  test('that does not exist can be neither planted nor copied', async () => {
    await expect(mallory.plantCookie(alice)).rejects.toThrow(
      'Mallory has no cookie "sid" to plant; let mallory send a request that gets one first.',
    );
    await expect(mallory.copyCookie(alice)).rejects.toThrow(
      'There is no cookie "sid" in the browser of "alice" to copy.',
    );
    expect(recorder.trace.events).toEqual([]);
  });
});
