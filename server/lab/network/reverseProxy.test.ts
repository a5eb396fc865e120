import { setTimeout as later } from 'node:timers/promises';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { freePort } from '../../redis/guard.ts';
import { type Edge, openEdge } from './reverseProxy.ts';
import { send } from './send.ts';

const app = express();
let edge: Edge;

beforeEach(async () => {
  edge = await openEdge(() => app);
});
afterEach(() => edge.close());

app.get('/which/:wait', async (req, res) => {
  const atOnce = edge.currentRequest();
  await later(Number(req.params.wait));
  const afterWaiting = edge.currentRequest();
  process.nextTick(() => res.json([atOnce, afterWaiting, edge.currentRequest()]));
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

const host: Header = ['Host', 'shop.example'];
const toTheRoot = { method: 'GET', path: '/', headers: [host], body: null };
const get = (id: number, path: string) => send(edge, id, { method: 'GET', path, headers: [host], body: null });

describe('the edge', () => {
  test('knows which request is being handled, however deep, and however many there are', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    // The later ones are answered first.
    const answers = await Promise.all(ids.map((id) => get(id, `/which/${(40 - id) % 7}`)));
    expect(answers.map(({ body }) => JSON.parse(body))).toEqual(ids.map((id) => [id, id, id]));
    expect(edge.currentRequest()).toBeNull();
  });

  test('knows no request when one comes from somewhere else', async () => {
    await get(1, '/which/0');
    const answer = await fetch(`http://127.0.0.1:${edge.port}/which/0`);
    expect(await answer.json()).toEqual([null, null, null]);
  });

  test('tells the app nothing of all that', async () => {
    const { body } = await get(1, '/headers');
    expect(JSON.parse(body)).toEqual(['Host', 'shop.example', 'Connection', 'close']);
  });

  test('is closed also while somebody waits for an answer', async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const other = await openEdge(() => () => arrived());
    const waiting = expect(send(other, 1, toTheRoot)).rejects.toThrow(/socket hang up|ECONNRESET/);
    await arrival;
    await other.close();
    await waiting;
    await expect(fetch(`http://127.0.0.1:${other.port}/`)).rejects.toThrow();
  });
});

describe('sending', () => {
  test('gives status, headers in order with their repetitions, and body', async () => {
    const answer = await get(1, '/headers');
    expect(answer).toMatchObject({ status: 200, statusText: 'OK' });
    expect(answer.headers.filter(([name]) => name === 'Set-Cookie')).toEqual([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
  });

  test('takes a body along', async () => {
    const body = 'ünïcödé';
    const headers: Header[] = [
      host,
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', String(Buffer.byteLength(body))],
    ];
    expect(await send(edge, 1, { method: 'POST', path: '/echo', headers, body })).toMatchObject({ status: 201, body });
  });

  test('fails when nobody listens, and when the connection breaks in the middle', async () => {
    await expect(send({ ...edge, port: await freePort() }, 1, toTheRoot)).rejects.toThrow('ECONNREFUSED');
    await expect(get(1, '/broken')).rejects.toThrow('aborted');
  });
});
