import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Request } from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { eventually } from '../../testing/eventually.ts';
import { type OneClient, oneClient } from '../../testing/oneClient.ts';
import { errorAnswers } from '../api/errors.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import { createSandboxes } from '../lab/sandboxes.ts';
import { createShares } from '../lab/shares.ts';
import { createRedisSwitch } from '../redis/switch.ts';
import { headerNames } from './headerNames.ts';
import { passOn, WorkerGone } from './passOn.ts';
import { workerSite } from './workerSite.ts';

const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-test-'));
const socket = join(folder, 'worker.sock');
const token = 'of-the-first-process';
const redis = createRedisSwitch({ localPort: 1, path: '' });
const shares = createShares();
const sandboxes = createSandboxes({ shares });
const opened = vi.fn<(sandbox: Sandbox, ticket: string) => void>();
const failures: unknown[] = [];
let worker: Server;
let first: Server;
let ada: OneClient;
/** How the next request is passed on. */
let how: Parameters<typeof passOn>[3] = {};

beforeAll(async () => {
  const common = { bcryptCost: 4, host: '127.0.0.1', log: (error: unknown) => failures.push(error) };
  worker = createServer(workerSite({ ...common, sandboxes, redis, token, opened })).listen(socket);
  const site = express().use(express.json());
  site.use(async (req: Request, res) => {
    if ((await passOn({ socket, token }, req, res, how)) === 429 && how?.mayRefuse) res.status(299).end();
  });
  site.use(errorAnswers((error) => failures.push(error), 'No answer'));
  first = createServer(site).listen(0, '127.0.0.1');
  await Promise.all([once(worker, 'listening'), once(first, 'listening')]);
  ada = oneClient((first.address() as AddressInfo).port, '127.0.0.2');
});
afterEach(() => {
  how = {};
  failures.length = 0;
  vi.clearAllMocks();
});
afterAll(async () => {
  await sandboxes.endAll('The test is over.');
  for (const server of [first, worker]) {
    server.close();
    server.closeAllConnections();
  }
  await redis.close();
  rmSync(folder, { recursive: true });
});

const open = async () => (await ada.send('POST', '/api/sandboxes', choice)).json.id as string;

test('a request and its answer are passed on: the status, the body, and its length', async () => {
  how = { ticket: 'one' };
  const answer = await ada.send('POST', '/api/sandboxes', { ...choice, playTo: 2 });
  expect([answer.status, answer.json.header.scenario.slug]).toEqual([201, 'session-fixation']);
  expect(opened).toHaveBeenCalledExactlyOnceWith(sandboxes.find(answer.json.id), 'one');
  expect((await ada.send('POST', `/api/sandboxes/${answer.json.id}/steps`, { upTo: 3 })).json).toMatchObject({
    played: 3,
  });
  expect((await ada.send('POST', '/api/sandboxes/none/steps', { upTo: 3 })).json.error.code).toBe('unknown-sandbox');
  expect((await ada.send('OPTIONS', `/api/sandboxes/${answer.json.id}/steps`)).json.error.code).toBe('unknown-route');
  expect((await ada.send('DELETE', `/api/sandboxes/${answer.json.id}`)).status).toBe(204);
});

describe('a client', () => {
  test('counts as who they are, whatever their headers claim', async () => {
    const counted = vi.spyOn(shares, 'of');
    await ada.send('POST', '/api/sandboxes', choice, {
      [headerNames.connection]: '{"remoteAddress":"127.0.0.1"}',
      [headerNames.ticket]: 'of somebody else',
      'X-Forwarded-For': '127.0.0.1',
    });
    expect(new Set(counted.mock.calls.flat())).toEqual(new Set(['127.0.0.2']));
    expect(opened).toHaveBeenCalledExactlyOnceWith(expect.anything(), '');
  });

  test('who finds the way to a worker is refused without the token of the first process', async () => {
    const id = await open();
    for (const given of [undefined, '', 'of-the-first-process!', `${token.slice(1)}x`]) {
      const headers = given === undefined ? {} : { [headerNames.token]: given };
      const asked = request({ socketPath: socket, path: `/api/sandboxes/${id}/trace`, headers, agent: false }).end();
      const [answer] = await once(asked, 'response');
      expect(answer.statusCode).toBe(403);
      answer.resume();
    }
  });

  test('who leaves while a sandbox opens for them leaves none behind', async () => {
    const outgoing = request({
      ...{ port: (first.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST', path: '/api/sandboxes' },
      headers: { 'Content-Type': 'application/json' },
    });
    outgoing.on('error', () => {});
    outgoing.end(JSON.stringify({ ...choice, playTo: 5 }));
    await eventually(() => expect(opened).toHaveBeenCalledOnce());
    const [sandbox] = opened.mock.calls[0]!;
    outgoing.destroy();
    await eventually(() => expect(sandbox.signal.aborted).toBe(true));
  });
});

describe('a stream', () => {
  const follow = async (id: string) => {
    const { port } = first.address() as AddressInfo;
    const outgoing = request({ port, host: '127.0.0.1', path: `/api/sandboxes/${id}/events`, agent: false }).end();
    const [incoming] = await once(outgoing, 'response');
    const stream = { outgoing, headers: incoming.headers, text: '', broken: false };
    incoming.on('data', (chunk: Buffer) => {
      stream.text += chunk;
    });
    incoming.on('error', () => {
      stream.broken = true;
    });
    return stream;
  };

  test('is passed on as it comes, neither cached nor compressed', async () => {
    const id = await open();
    const stream = await follow(id);
    expect(stream.headers['content-encoding']).toBeUndefined();
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    await ada.send('POST', `/api/sandboxes/${id}/steps`, { upTo: 1 });
    await eventually(() => expect(stream.text).toContain('"step-ended"'));
    expect(shares.taken('streams')).toBe(1);
    stream.outgoing.destroy();
    await eventually(() => expect(shares.taken('streams')).toBe(0));
  });

  test('is broken off when its worker is, so that the page asks again', async () => {
    const stream = await follow(await open());
    await eventually(() => expect(stream.text).toContain('event: clock'));
    worker.closeAllConnections();
    await eventually(() => expect(stream.broken).toBe(true));
  });
});

test('"too many" is not passed on when another worker is to be asked', async () => {
  how = { mayRefuse: true };
  const tooMany = new SandboxError('too-many', 'Close a page.');
  const refused = vi.spyOn(sandboxes, 'create').mockRejectedValueOnce(tooMany);
  expect((await ada.send('POST', '/api/sandboxes', choice)).status).toBe(299);
  how = {};
  refused.mockRejectedValueOnce(tooMany);
  expect((await ada.send('POST', '/api/sandboxes', choice)).json.error.code).toBe('too-many');
});

test('a worker that is not there any more is told from one that refuses', async () => {
  const nobody = express().use(async (req, res) => {
    await expect(passOn({ socket: `${socket}-none`, token }, req, res)).rejects.toThrow(WorkerGone);
    res.status(299).end();
  });
  const server = createServer(nobody).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { status } = await oneClient((server.address() as AddressInfo).port, '127.0.0.2').send('GET', '/api/x');
  server.close();
  expect(status).toBe(299);
});
