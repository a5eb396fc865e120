import { once } from 'node:events';
import { createServer, request as startRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { createCurrentRequest } from './currentRequest.ts';
import { type Instance, otherSite, reverseProxy, siteListener } from './hosts.ts';
import { type HttpRequest, openLoopbackServer } from './loopback.ts';
import { createSharedCache } from './sharedCache.ts';

const app = express();
let handled = 0;
app.get('/cached', (_req, res) => void res.set('Cache-Control', 'public, max-age=60').send(`${++handled}`));
app.all('/echo', ({ rawHeaders }, res) => void res.json(rawHeaders));

let instances: Instance[];
beforeEach(async () => {
  const currentRequest = createCurrentRequest();
  const names = ['app', 'app 2'];
  instances = await Promise.all(
    names.map(async (name) => ({ name, server: await openLoopbackServer(() => app, currentRequest) })),
  );
});
afterEach(() => Promise.all(instances.map(({ server }) => server.close())));

const request = (path: string, headers: Header[] = [], origin = 'https://shop.example'): HttpRequest => ({
  ...{ method: 'GET', url: new URL(path, origin), body: null, address: '203.0.113.7' },
  headers: [['Host', new URL(origin).host], ...headers],
});
const received = (body: string, name: string) => {
  const raw = JSON.parse(body) as string[];
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]!.toLowerCase() === name);
};

test('the reverse proxy reports scheme and address; it keeps only the addresses that the visitor claims', async () => {
  const proxy = reverseProxy(instances, null, () => {});
  const claims: Header[] = [
    ['X-Forwarded-For', '198.51.100.1'],
    ['x-forwarded-proto', 'https'],
  ];
  const { body } = await proxy.answer(request('/echo', claims, 'http://shop.example'), 1);
  expect(received(body, 'x-forwarded-for')).toEqual(['198.51.100.1, 203.0.113.7']);
  expect(received(body, 'x-forwarded-proto')).toEqual(['http']);
});

test('the reverse proxy removes the headers that it is told to hide, before the cache keeps them', async () => {
  const proxy = reverseProxy(instances, createSharedCache(Date.now), () => {}, ['x-powered-by']);
  for (const path of ['/echo', '/cached', '/cached']) {
    const { headers } = await proxy.answer(request(path), 1);
    expect(headers.map(([name]) => name.toLowerCase())).not.toContain('x-powered-by');
  }
});

test('each request goes to the next instance, and the response names it', async () => {
  const proxy = reverseProxy(instances, null, () => {});
  const by: string[] = [];
  for (let id = 1; id <= 4; id++) by.push((await proxy.answer(request('/echo'), id)).by);
  expect(by).toEqual(['app', 'app 2', 'app', 'app 2']);
});

test('the access log has address and request target, with the query', async () => {
  const log: string[] = [];
  const proxy = reverseProxy(instances, null, (line) => log.push(line));
  await proxy.answer(request('/echo?sid=secret'), 1);
  await proxy.answer(request('/nowhere'), 2);
  expect(log).toEqual(['203.0.113.7 "GET /echo?sid=secret HTTP/1.1" 200', '203.0.113.7 "GET /nowhere HTTP/1.1" 404']);
});

test('the shared cache answers in place of the app, and the response names it', async () => {
  const proxy = reverseProxy(instances, createSharedCache(Date.now), () => {});
  const [first, second] = [await proxy.answer(request('/cached'), 1), await proxy.answer(request('/cached'), 2)];
  expect([first.by, second.by]).toEqual(['app', 'cache']);
  expect(second.body).toBe(first.body);
});

test('another site is reached without our reverse proxy and answers under its origin', async () => {
  const site = otherSite(instances[0]!.server);
  const evil = request('/echo', [], 'https://evil.example');
  const { by, body } = await site.answer(evil, 1);
  expect(by).toBe('https://evil.example');
  expect(received(body, 'x-forwarded-for')).toEqual([]);
  expect(site.forwarded(evil)).toEqual([]);
});

test('a site answers a body of a megabyte, and refuses a longer one before it has all of it', async () => {
  const lengths: number[] = [];
  const site = siteListener(
    { 'https://evil.example': ({ body }) => ({ body: String(lengths.push(body.length)) }) },
    vi.fn(),
  );
  const server = createServer(site);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const megabyte = Buffer.alloc(1024 * 1024, 'x');

  async function statusAfter(pieces: number): Promise<number | undefined> {
    const outgoing = startRequest({ port, host: '127.0.0.1', method: 'POST', headers: { Host: 'evil.example' } });
    outgoing.on('error', () => {});
    let answered = false;
    const answer = once(outgoing, 'response').then(([incoming]) => {
      answered = true;
      return incoming.resume().statusCode as number;
    });
    for (let sent = 0; sent < pieces && !answered; sent++) {
      await new Promise((resolve) => outgoing.write(megabyte, resolve));
    }
    outgoing.end();
    return answer;
  }
  expect(await statusAfter(1)).toBe(200);
  expect(await statusAfter(600)).toBe(413);
  expect(lengths).toEqual([megabyte.length]);
  server.closeAllConnections();
  server.close();
});

test('a client of a site that leaves in the middle of its request causes no unhandled rejection', async () => {
  const failed = vi.fn();
  const server = createServer(siteListener({}, failed));
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;

  const client = connect(port, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100\r\n\r\nhalf');
  const [request] = await once(server, 'request');
  client.destroy();
  // Not with the `once` above, which rejects for the `error` that comes first.
  await new Promise((resolve) => request.once('close', resolve));
  await new Promise(setImmediate);
  expect(rejected).not.toHaveBeenCalled();
  expect(failed).not.toHaveBeenCalled();
  process.off('unhandledRejection', rejected);
  server.close();
});
