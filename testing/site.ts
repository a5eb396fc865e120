/** For tests: the site on a port of its own with a page to serve, and a client that can send it anything. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenedSandbox } from '../scenarios/engine/api.ts';
import { type Scenario, scenario } from '../scenarios/engine/scenario.ts';
import type { Trace } from '../scenarios/engine/trace.ts';
import { createSite } from '../server/api/site.ts';
import { createSandboxes } from '../server/lab/sandboxes.ts';
import { createShares, type Rooms, usualRoom } from '../server/lab/shares.ts';
import { createRedisSwitch } from '../server/redis/switch.ts';
import { startWorkers } from '../server/workers/workers.ts';
import { createWorkshops, type Doors } from '../server/workshop/workshops.ts';
import { type Answer, sendTo, type TestRequest } from './sendTo.ts';

interface SiteOptions {
  scenarios?: readonly Scenario[];
  /** Where the real Redis is; without it there is none. */
  redisUrl?: string;
  /** The most sandboxes. */
  limit?: number;
  /** What all clients, and each of them, may take. */
  room?: Partial<Rooms>;
  /** Milliseconds until an unused sandbox is removed. */
  idle?: number;
  /** False: the page was never built. */
  built?: boolean;
  /** The folder of the page; by default one with a small page for tests. */
  client?: string;
  /** How many worker processes there are. Default: none. */
  workers?: number;
  /** The address that the site is configured to listen on. It always listens on 127.0.0.1. */
  host?: string;
}

export const page = '<!doctype html><title>The page</title>';
export const script = 'document.title += "!"';

export type Site = Awaited<ReturnType<typeof openSite>>;

const closing: (() => Promise<void>)[] = [];

/** Closes every site that a test has opened. Call it after each test. */
export async function closeSites(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}

export async function openSite(options: SiteOptions = {}) {
  const { scenarios, redisUrl, limit, room, idle, built = true, host = '127.0.0.1', workers: count = 0 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-site-'));
  const client = options.client ?? join(folder, 'client');
  writeFileSync(join(folder, 'secret.txt'), 'not for the page');
  if (built && options.client === undefined) {
    mkdirSync(join(client, 'assets'), { recursive: true });
    writeFileSync(join(client, 'index.html'), page);
    writeFileSync(join(client, 'assets', 'index-1a2b.js'), script);
  }
  // Port 1: nothing listens there, and an empty PATH has no redis-server.
  const where = redisUrl ? { url: redisUrl } : { localPort: 1, path: '' };
  const redis = createRedisSwitch(where);
  const shares = createShares({
    ...usualRoom,
    ...(limit && { sandboxes: { all: limit, each: limit, reserve: 0, timesLeft: limit } }),
    ...room,
  });
  const sandboxes = createSandboxes({ shares, ...(idle && { idle }) });
  const logged: unknown[] = [];
  const log = (error: unknown) => logged.push(error);
  /** The address of the room. A test that comes through it is not at the machine. */
  const doors: Doors = {
    addresses: async () => [{ address: '192.0.2.5', network: 'wlan0', doubt: null }],
    open: async (address) => ({ at: `${address}:${port}`, close: async () => {} }),
  };
  const workshops = createWorkshops(sandboxes, doors);
  const common = { bcryptCost: 4, host, log };
  const workers = count > 0 ? await startWorkers({ ...common, count, shares, redis: where }) : null;
  const settings = { ...common, sandboxes, redis, workshops, client, elsewhere: workers };
  const site = createSite({ ...(scenarios && { scenarios }), ...settings });
  const server = createServer(site).listen(0, '127.0.0.1');
  const responses: ServerResponse[] = [];
  server.on('request', (_, res) => responses.push(res));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  closing.push(async () => {
    await workshops.end();
    await workers?.stop();
    await sandboxes.endAll('The test is over.');
    server.close();
    server.closeAllConnections();
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (method: string, path: string, sent?: TestRequest): Promise<Answer> =>
    sendTo('127.0.0.1', port, method, path, sent);

  return {
    port,
    sandboxes,
    shares,
    workers,
    send,
    /** The errors its console would show. */
    logged,
    /** One per request so far, oldest first. */
    responses,
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown) => send('POST', path, { body }),
    delete: (path: string) => send('DELETE', path),
    /** Opens a sandbox. Default: session-fixation against the vulnerable app on the mock. */
    async openSandbox(choice: object = {}): Promise<OpenedSandbox> {
      const asked = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock', ...choice };
      const answer = await send('POST', '/api/sandboxes', { body: asked });
      if (answer.status !== 201) throw new Error(`No sandbox was opened: ${answer.status} ${answer.text}`);
      return answer.json;
    },
    /** Returns what the sandbox has recorded so far, as the page would receive it. */
    trace(id: string): Trace {
      const sandbox = sandboxes.find(id);
      if (!sandbox) throw new Error(`There is no sandbox ${id}.`);
      return JSON.parse(JSON.stringify(sandbox.trace));
    },
  };
}

/** Returns a scenario whose first step does that. */
export const scenarioOf = (act: Scenario['steps'][number]['act']): Scenario =>
  scenario({
    slug: 'made-up',
    chapter: 'login',
    title: 'Made up',
    question: 'What does the API do meanwhile?',
    weakness: 'login-keeps-session-id',
    actors: { alice: 'victim' },
    references: [],
    steps: [
      { title: 'It happens', purpose: 'Be watched', narration: 'For a test.', act },
      {
        title: 'The shop answers',
        purpose: 'Be asked',
        narration: 'For a test.',
        act: ({ alice }) => alice!.get('/'),
        ask: { question: 'Who won?', answer: () => 'nobody', vulnerable: 'Mallory', protected: 'nobody' },
      },
    ],
    lesson: 'None.',
  });
