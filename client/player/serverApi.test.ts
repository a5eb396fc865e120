import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('it asks as the contract says', async () => {
  await api.makeSandbox(choice, 0);
  await api.makeSandbox(choice, 2);
  await api.play('a', 3);
  await api.act('a', { do: 'jump-time', ms: 5_000 });
  await api.act('a', { do: 'delete-key', key: 'sandbox:a:sess:x/y' });
  await api.endSandbox('a');
  expect(seen).toEqual([
    'POST /api/sandboxes {"scenario":"idle-timeout","variant":"protected","store":"mock","pace":"jump"}',
    'POST /api/sandboxes {"scenario":"idle-timeout","variant":"protected","store":"mock","pace":"jump","playTo":2}',
    'POST /api/sandboxes/a/steps {"upTo":3}',
    'POST /api/sandboxes/a/hand {"do":"jump-time","ms":5000}',
    'POST /api/sandboxes/a/hand {"do":"delete-key","key":"sandbox:a:sess:x/y"}',
    'DELETE /api/sandboxes/a',
  ]);
});

test('a refusal is thrown with its code and its sentence', async () => {
  answer = { status: 404, body: '{"error":{"code":"unknown-sandbox","message":"There is no such sandbox."}}' };
  await expect(api.play('a', 1)).rejects.toMatchObject({
    code: 'unknown-sandbox',
    message: 'There is no such sandbox.',
  });
});

test('an answer that is not the API’s counts as none', async () => {
  answer = { status: 502, body: '<h1>Bad gateway</h1>' };
  await expect(api.play('a', 1)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('502'),
  });
});

test('a server that is down is unreachable', async () => {
  server.close();
  server.closeAllConnections();
  await expect(api.catalogue()).rejects.toMatchObject({ code: 'unreachable' });
});
