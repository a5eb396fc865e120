import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpenedSandbox } from '../../scenarios/engine/api.ts';
import { header, traceOf } from '../../testing/trace.ts';
import { type Api, createApi } from './serverApi.ts';

let server: Server;
let api: Api;
let seen: string[];
let answer: { status: number; body: string };

beforeEach(async () => {
  seen = [];
  answer = { status: 200, body: '{}' };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${request.url} ${body}`.trim());
    response.writeHead(answer.status).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  api = createApi((path, init) => fetch(`http://127.0.0.1:${port}${path}`, init));
});

afterEach(() => server.close());

const choice = { scenario: 'idle-timeout', variant: 'protected', store: 'mock', pace: 'jump' } as const;

const opened: OpenedSandbox = { id: 'a', header, recorded: 4, ports: { app: 4000 }, accounts: [] };

test('sends the requests and reads the answers of the contract', async () => {
  answer.body = JSON.stringify(opened);
  expect(await api.openSandbox(choice, 0)).toEqual(opened);
  await api.openSandbox(choice, 2);
  answer.body = '{"played":3,"recorded":6}';
  expect(await api.play('a', 3)).toEqual({ played: 3, recorded: 6 });
  answer.body = '{"now":5000,"reply":null,"recorded":7}';
  expect(await api.act('a', { do: 'jump-time', ms: 5_000 })).toEqual({ now: 5000, reply: null, recorded: 7 });
  await api.act('a', { do: 'delete-key', key: 'sandbox:a:sess:x/y' });
  answer.body = '{"name":"saved.ts","text":""}';
  expect(await api.saveScenario('a')).toEqual({ name: 'saved.ts', text: '' });
  answer.body = JSON.stringify({ trace: traceOf() });
  expect(await api.trace('a')).toEqual({ trace: traceOf() });
  answer.body = '{"clicks":[{"at":0,"status":200,"cookie":"no expiry","record":60000}]}';
  const limits = { maxAge: null, idle: 60_000, absolute: null, rolling: true, every: 60_000, store: 'real' } as const;
  expect((await api.playLimits(limits)).clicks).toHaveLength(1);
  answer = { status: 204, body: '' };
  await api.endSandbox('a');
  expect(seen).toEqual([
    'POST /api/sandboxes {"scenario":"idle-timeout","variant":"protected","store":"mock","pace":"jump"}',
    'POST /api/sandboxes {"scenario":"idle-timeout","variant":"protected","store":"mock","pace":"jump","playTo":2}',
    'POST /api/sandboxes/a/steps {"upTo":3}',
    'POST /api/sandboxes/a/actions {"do":"jump-time","ms":5000}',
    'POST /api/sandboxes/a/actions {"do":"delete-key","key":"sandbox:a:sess:x/y"}',
    'GET /api/sandboxes/a/scenario',
    'GET /api/sandboxes/a/trace',
    'POST /api/limits {"maxAge":null,"idle":60000,"absolute":null,"rolling":true,"every":60000,"store":"real"}',
    'DELETE /api/sandboxes/a',
  ]);
});

test('refuses an answer of another server version and says what to do', async () => {
  answer.body = '{"played":"three"}';
  await expect(api.play('a', 3)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('reload the page'),
  });
});

test('throws an error answer with its code, status and message', async () => {
  answer = { status: 404, body: '{"error":{"code":"unknown-sandbox","message":"There is no such sandbox."}}' };
  await expect(api.play('a', 1)).rejects.toMatchObject({
    code: 'unknown-sandbox',
    status: 404,
    message: 'There is no such sandbox.',
  });
});

test('treats an error answer that is not from the API as no answer', async () => {
  answer = { status: 502, body: '<h1>Bad gateway</h1>' };
  await expect(api.play('a', 1)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('502'),
  });
});

test('reports a server that is down as unreachable', async () => {
  server.close();
  server.closeAllConnections();
  await expect(api.catalogue()).rejects.toMatchObject({ code: 'unreachable' });
});
