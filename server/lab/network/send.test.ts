import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type Edge, openEdge } from './reverseProxy.ts';
import { NoAnswer, send } from './send.ts';

let edge: Edge;
afterEach(() => edge.close());

async function ask(app: RequestListener, patience?: number) {
  edge = await openEdge(() => app);
  return send(edge, 1, { method: 'GET', path: '/', headers: [['Host', 'shop.example']], body: null, patience });
}

test('an answer is handed back when its body is complete', async () => {
  const answer = await ask((_req, res) => {
    res.write('first, ');
    setImmediate(() => res.end('last'));
  });
  expect(answer).toMatchObject({ status: 200, body: 'first, last' });
});

test('a redirect is handed back with its headers, as a browser follows it: this one never ends', async () => {
  const answer = await ask((_req, res) => {
    res.writeHead(303, { Location: '/me' }).write('See');
  });
  expect(answer).toMatchObject({ status: 303, body: '' });
});

test('who has little patience gets no answer rather than a late one', async () => {
  await expect(ask(() => {}, 50)).rejects.toThrow(NoAnswer);
});
