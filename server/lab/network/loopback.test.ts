import { once } from 'node:events';
import { type RequestListener, type ServerResponse, request as startRequest } from 'node:http';
import { setTimeout as later } from 'node:timers/promises';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { freePort } from '../../redis/guard.ts';
import { createCurrentRequest } from './currentRequest.ts';
import { type HttpRequest, type LoopbackServer, NoAnswer, openLoopbackServer, send } from './loopback.ts';

const app = express();
const currentRequest = createCurrentRequest();
const opened: LoopbackServer[] = [];
let server: LoopbackServer;

async function open(listener: Parameters<typeof openLoopbackServer>[0], names: string[] = []): Promise<LoopbackServer> {
  const created = await openLoopbackServer(listener, currentRequest, names);
  opened.push(created);
  return created;
}
beforeEach(async () => {
  server = await open(() => app);
});
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

app.get('/which/:wait', async (req, res) => {
  const atOnce = currentRequest.get();
  await later(Number(req.params.wait));
  const afterWaiting = currentRequest.get();
  process.nextTick(() => res.json([atOnce, afterWaiting, currentRequest.get()]));
});
app.get('/headers', (req, res) => {
  res.append('Set-Cookie', ['a=1', 'b=2']).json(req.rawHeaders);
});
app.post('/echo', express.text({ type: '*/*' }), (req, res) => {
  res.status(201).send(req.body);
});
app.get('/broken', (_req, res) => {
  res.write('half of ');
  setImmediate(() => res.destroy());
});
app.get('/in-pieces', (_req, res) => {
  res.write('first, ');
  setImmediate(() => res.end('last'));
});
app.get('/redirect-without-end', (_req, res) => {
  res.writeHead(303, { Location: '/me' }).write('See');
});

const host: Header = ['Host', 'shop.example'];
const request = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: new URL(path, 'https://shop.example'),
  headers: [host],
  body: null,
  address: '203.0.113.7',
  ...more,
});
const get = (id: number, path: string) => send(server, id, request(path));

describe('from outside of the sandbox, the server', () => {
  async function statusFor(hostname: string): Promise<number> {
    const { port } = await open(() => app, ['shop.example', 'localhost:3001']);
    const headers = { Host: hostname.replace('PORT', String(port)) };
    const outgoing = startRequest({ host: '127.0.0.1', port, path: '/headers', headers, agent: false }).end();
    const [incoming] = await once(outgoing, 'response');
    return incoming.resume().statusCode;
  }

  test.each(['shop.example', 'SHOP.example', 'localhost:3001', '127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'])(
    'answers for %s',
    async (hostname) => {
      expect(await statusFor(hostname)).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'evil.example:PORT',
    'shop.example.evil.example',
    'shop.example:PORT',
    '127.0.0.1',
    'x@shop.example',
  ])('refuses %s, which a page could have led to this machine', async (hostname) => {
    expect(await statusFor(hostname)).toBe(421);
  });

  test('lets an actor of the sandbox send any name, as an attacker does', async () => {
    const { status } = await send(server, 1, request('/headers', { headers: [['Host', 'evil.example']] }));
    expect(status).toBe(200);
  });
});

describe('the server', () => {
  test('knows which request it handles, at any depth and with many at once', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    // The later ones are answered first.
    const answers = await Promise.all(ids.map((id) => get(id, `/which/${(40 - id) % 7}`)));
    expect(answers.map(({ body }) => JSON.parse(body))).toEqual(ids.map((id) => [id, id, id]));
    expect(currentRequest.get()).toBeNull();
  });

  test('knows no request if somebody else sends one', async () => {
    await get(1, '/which/0');
    const answer = await fetch(`http://127.0.0.1:${server.port}/which/0`);
    expect(await answer.json()).toEqual([null, null, null]);
  });

  test('shows the app nothing of this', async () => {
    const { body } = await get(1, '/headers');
    expect(JSON.parse(body)).toEqual(['Host', 'shop.example', 'Connection', 'close']);
  });

  test('closes even while somebody waits for an answer', async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const silent = await open(() => () => arrived());
    const waiting = expect(send(silent, 1, request('/'))).rejects.toThrow(/socket hang up|ECONNRESET/);
    await arrival;
    await silent.close();
    opened.pop();
    await waiting;
    await expect(fetch(`http://127.0.0.1:${silent.port}/`)).rejects.toThrow();
  });
});

describe('send', () => {
  test('returns status, headers in order with repetitions, and the complete body', async () => {
    const answer = await get(1, '/headers');
    expect(answer).toMatchObject({ status: 200, statusText: 'OK' });
    expect(answer.headers.filter(([name]) => name === 'Set-Cookie')).toEqual([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
    expect(await get(2, '/in-pieces')).toMatchObject({ status: 200, body: 'first, last' });
  });

  test('sends the body', async () => {
    const body = 'ünïcödé';
    const headers: Header[] = [
      host,
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', String(Buffer.byteLength(body))],
    ];
    const answer = await send(server, 1, request('/echo', { method: 'POST', headers, body }));
    expect(answer).toMatchObject({ status: 201, body });
  });

  test('returns a redirect with its headers, when a browser follows it, although this one never ends', async () => {
    expect(await get(1, '/redirect-without-end')).toMatchObject({ status: 303, body: '' });
  });

  test('fails when nobody listens, and when the connection breaks in the middle', async () => {
    const port = await freePort();
    await expect(send({ ...server, port }, 1, request('/'))).rejects.toThrow('ECONNREFUSED');
    await expect(get(1, '/broken')).rejects.toThrow('aborted');
  });

  test('fails with NoAnswer when the patience of the request runs out', async () => {
    const silent = await open(() => () => {});
    await expect(send(silent, 1, request('/', { patience: 50 }))).rejects.toThrow(NoAnswer);
  });

  test('waits longer while the process is too busy to answer, and not for ever', async () => {
    const pieces = (count: number): RequestListener => {
      const work = (left: number, response: ServerResponse) => {
        if (left === 0) return response.end('done');
        const until = performance.now() + 20;
        while (performance.now() < until);
        setImmediate(() => work(left - 1, response));
      };
      return (_, response) => work(count, response);
    };
    const busy = await open(() => pieces(15));
    expect(await send(busy, 1, request('/', { patience: 100 }))).toMatchObject({ body: 'done' });
    const busyForEver = await open(() => pieces(100));
    await expect(send(busyForEver, 1, request('/', { patience: 100 }))).rejects.toThrow(NoAnswer);
  });
});
