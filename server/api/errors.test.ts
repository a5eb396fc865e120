import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { errorAnswers } from './errors.ts';

test.each([
  ['text/html,*/*;q=0.8', 'text/html; charset=utf-8', '<p>Six &#60;b&#62; are open.</p>'],
  ['*/*', 'application/json; charset=utf-8', '{"error":{"code":"too-many","message":"Six <b> are open."}}'],
])('a client that accepts %s gets %s, and when to ask again', async (accept, type, text) => {
  const site = express();
  site.use(() => {
    throw new SandboxError('too-many', 'Six <b> are open.', { retryAfter: 10 });
  });
  site.use(errorAnswers(() => {}, 'No page'));
  const server = site.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept, connection: 'close' } });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')]).toEqual([
    429,
    type,
    '10',
  ]);
  expect(await answer.text()).toContain(text);
});
