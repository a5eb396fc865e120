import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import express4 from 'express4';
import { afterEach, describe, expect, test } from 'vitest';
import type { Parts } from '../../app/parts.ts';
import { observe } from './framework.ts';

const frameworks: [version: string, framework: Parts['express']][] = [
  ['4', express4],
  ['5', express],
];

test.each(frameworks)(
  'the routes of an Express %s app include those of its routers under their mount paths',
  (_, framework) => {
    const answer: express.RequestHandler = (_req, res) => void res.end();
    const observed = observe(framework, () => {});
    const app = observed.express();
    const inner = Router().get('/left', answer);
    app.use(Router().use(Router().get('/stock', answer), inner));
    app.use('/static', answer);
    app.get('/', answer);
    app.post('/sessions/:handle/end', answer, answer);
    app.use('/admin', answer, Router().get('/users', answer).use('/deep', Router().delete('/x', answer)));
    app.use(answer);
    expect(observed.routes().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /stock',
      'GET /left',
      'GET /',
      'POST /sessions/:handle/end',
      'GET /admin/users',
      'DELETE /admin/x',
    ]);
  },
);

describe('a rejected promise of a handler', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  async function open(framework: Parts['express']) {
    const unhandled: unknown[] = [];
    const app = observe(framework, (error) => unhandled.push((error as Error).message)).express();
    app.get('/fails', async () => {
      throw new Error('the store cannot be reached');
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
    /** @param patience milliseconds */
    const get = (path: string, patience = 30_000) => fetch(origin + path, { signal: AbortSignal.timeout(patience) });
    return { unhandled, get };
  }

  test('is handled by Express 5, so it is answered and not reported', async () => {
    const { get, unhandled } = await open(express);
    const answer = await get('/fails');
    expect([answer.status, await answer.json()]).toEqual([503, 'the store cannot be reached']);
    expect(unhandled).toEqual([]);
  });

  test('is not handled by Express 4, so it is not answered and is reported', async () => {
    const { get, unhandled } = await open(express4);
    await expect(get('/fails', 500)).rejects.toThrow(/timeout/);
    expect(unhandled).toEqual(['the store cannot be reached']);
  });

  test.each(frameworks)(
    'is all that is observed: Express %s still reads its settings with get()',
    async (_, framework) => {
      const { get } = await open(framework);
      expect(await (await get('/setting')).json()).toBe(true);
    },
  );
});
