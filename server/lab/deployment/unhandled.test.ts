import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import express4 from 'express4';
import { afterEach, expect, test } from 'vitest';
import type { Parts } from '../../app/parts.ts';
import { listenForUnhandled } from './unhandled.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function open(framework: Parts['express']) {
  const unhandled: unknown[] = [];
  const app = listenForUnhandled(framework, (error) => unhandled.push((error as Error).message))();
  app.get('/fails', async () => {
    throw new Error('the store is gone');
  });
  app.get('/setting', (_req, res) => void res.json(app.get('env') !== undefined));
  app.use(((error, _req, res, _next) => void res.status(503).json(error.message)) as express.ErrorRequestHandler);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { unhandled, get: (path: string) => fetch(origin + path, { signal: AbortSignal.timeout(500) }) };
}

test('Express 5 asks a handler’s promise, so its rejection is answered and is nobody else’s business', async () => {
  const { get, unhandled } = await open(express);
  const answer = await get('/fails');
  expect([answer.status, await answer.json()]).toEqual([503, 'the store is gone']);
  expect(unhandled).toEqual([]);
});

test('Express 4 does not, so nobody answers, and the rejection is told', async () => {
  const { get, unhandled } = await open(express4);
  await expect(get('/fails')).rejects.toThrow(/timeout/);
  expect(unhandled).toEqual(['the store is gone']);
});

test.each([
  ['4', express4],
  ['5', express],
])('all else of Express %s is as it was', async (_, framework) => {
  const { get } = await open(framework);
  expect(await (await get('/setting')).json()).toBe(true);
});
