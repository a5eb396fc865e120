import express, { Router } from 'express';
import express4 from 'express4';
import { expect, test } from 'vitest';
import type { Parts } from '../../app/parts.ts';
import { noteMounts } from './routes.ts';

const answer: express.RequestHandler = (_req, res) => void res.end();

test.each([
  ['Express 5', express],
  ['Express 4', express4 as unknown as typeof express],
])('the routes of an app of %s, with those of its routers under their mounts', (_, framework) => {
  const noted = noteMounts(framework as Parts['express']);
  const app = noted.framework();
  const inner = Router().get('/left', answer);
  app.use(Router().use(Router().get('/stock', answer), inner));
  app.use('/static', answer);
  app.get('/', answer);
  app.post('/sessions/:handle/end', answer, answer);
  app.use('/admin', answer, Router().get('/users', answer).use('/deep', Router().delete('/x', answer)));
  app.use(answer);
  expect(noted.routes().map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /stock',
    'GET /left',
    'GET /',
    'POST /sessions/:handle/end',
    'GET /admin/users',
    'DELETE /admin/x',
  ]);
});
