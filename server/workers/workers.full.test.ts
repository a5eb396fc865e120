import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { seconds } from '../../scenarios/engine/durations.ts';
import { driverView, workshopKey } from '../../scenarios/engine/workshop.ts';
import { eventually } from '../../testing/eventually.ts';
import { oneClient } from '../../testing/oneClient.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { closeSites, openSite, type Site } from '../../testing/site.ts';
import { type WorkshopVisitor, workshopVisitor } from '../../testing/workshopVisitor.ts';
import { spareAfter } from '../lab/sandboxes.ts';

const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };

let redis: TestServer;
let site: Site;
let driver: WorkshopVisitor;
let code: string;

const few = (each: number) => ({ all: 20, each, reserve: 0, timesLeft: 20 });

beforeAll(async () => {
  redis = await startTestServer();
  site = await openSite({ workers: 2, redisUrl: redis.url, room: { sandboxes: few(4), redisServers: few(1) } });
  driver = workshopVisitor(site.port, '127.0.0.1');
  const { key } = workshopKey.parse((await driver.post('/api/workshop', {})).json);
  await driver.enter({ key });
  const desk = await driver.stream();
  code = await eventually(() => desk.room!.code);
  desk.cut();
});
afterAll(async () => {
  await closeSites();
  await redis.stop();
});

let addresses = 1;
/** Somebody enters from an address of their own. */
async function participant(): Promise<WorkshopVisitor> {
  const visitor = workshopVisitor(site.port, `127.0.0.${++addresses}`);
  expect((await visitor.enter({ code })).status).toBe(201);
  return visitor;
}
const open = async (visitor: WorkshopVisitor, more: object = {}) =>
  visitor.post('/api/sandboxes', { ...choice, ...more });
const endAll = () => driver.drive({ do: 'reset-all' });
afterEach(endAll);

/** Follows a sandbox until the connection breaks off. */
function follow(id: string) {
  const stream = { text: '', over: false };
  request({ port: site.port, host: '127.0.0.1', path: `/api/sandboxes/${id}/events`, agent: false }, (incoming) => {
    incoming.on('data', (chunk: Buffer) => {
      stream.text += chunk;
    });
    incoming.on('error', () => {});
    incoming.on('close', () => {
      stream.over = true;
    });
  }).end();
  return stream;
}

/** Waits until each of the two workers opens a sandbox: one that has been started again takes its time. */
const bothToOpen = (...visitors: [WorkshopVisitor, WorkshopVisitor]) =>
  eventually(async () => {
    await endAll();
    for (const visitor of visitors) expect((await open(visitor)).status).toBe(201);
    expect(site.workers!.loads).toEqual([1, 1]);
  });

describe('a participant’s sandbox', () => {
  test('is in a worker and does everything it would do in the first process; the driver’s is in the first', async () => {
    const ada = await participant();
    const { json } = await open(ada, { playTo: 2 });
    const path = `/api/sandboxes/${json.id}`;
    expect(site.sandboxes.size).toBe(0);
    const mine = (await open(driver, { playTo: 2 })).json;
    expect(site.sandboxes.size).toBe(1);
    expect((await ada.post(`${path}/steps`, { upTo: 3 })).json).toMatchObject({ played: 3 });
    expect((await ada.post(`${path}/actions`, { do: 'jump-time', ms: 1000 })).json).toMatchObject({ reply: null });
    expect((await ada.get(`${path}/play`)).status).toBe(200);
    expect((await ada.get(`${path}/scenario`)).json.name).toContain('.ts');
    const limits = { store: 'mock', maxAge: null, idle: 1_800_000, absolute: null, rolling: true, every: 600_000 };
    expect((await ada.post('/api/limits', limits)).json.clicks).not.toEqual([]);
    expect(site.sandboxes.size).toBe(1);
    const { trace } = (await ada.get(`${path}/trace`)).json;
    const local = await driver.get(`/api/sandboxes/${mine.id}/trace`);
    expect(Object.keys(trace.header)).toEqual(Object.keys(local.json.trace.header));
    expect(json.redisCli).toBeUndefined();
    expect((await ada.end(json.id)).status).toBe(204);
    expect((await ada.post(`${path}/steps`, { upTo: 4 })).json.error.code).toBe('unknown-sandbox');
    await driver.end(mine.id);
    await eventually(() => expect(site.shares.taken('sandboxes')).toBe(0));
    await eventually(() => expect(site.shares.taken('bytes')).toBe(0));
  });

  test('is seen by the driver, and ends with a reset', async () => {
    const [ada, bob] = [await participant(), await participant()];
    const [one, other] = [(await open(ada, { playTo: 3 })).json, (await open(bob, { playTo: 1 })).json];
    const desk = await driver.stream();
    await eventually(() => {
      const owns = driverView.parse(desk.driver).participants.flatMap(({ own }) => (own ? [own.played] : []));
      expect(owns.toSorted()).toEqual([1, 3]);
    });
    desk.cut();
    expect((await endAll()).json).toEqual({ ended: 2 });
    for (const { id } of [one, other])
      expect((await ada.post(`/api/sandboxes/${id}/steps`, { upTo: 4 })).json.error.code).toBe('unknown-sandbox');
  });
});

describe('nobody gets more than their share', () => {
  test('of sandboxes', async () => {
    const ada = await participant();
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(ada)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.find(({ status }) => status !== 201)).toMatchObject({ status: 429, retryAfter: 10 });
    expect((await open(await participant())).status).toBe(201);
  });

  test('of what only some lessons need', async () => {
    const ada = await participant();
    const own = { scenario: 'store-outage-fail-closed', store: 'real' };
    const answers = await Promise.all([open(ada, own), open(ada, own), open(ada, own)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 429, 429]);
    await endAll();
    expect(site.shares.taken('redisServers')).toBe(0);
  });

  test('of streams', async () => {
    const { id } = (await open(await participant())).json;
    await eventually(() => expect(site.shares.taken('streams')).toBe(0));
    const stream = follow(id);
    await eventually(() => expect(stream.text).toContain('event: clock'));
    await eventually(() => expect(site.shares.taken('streams')).toBe(1));
    await endAll();
    await eventually(() => expect([stream.over, site.shares.taken('streams')]).toEqual([true, 0]));
  });
});

describe('an attacker', () => {
  test('has no way to a sandbox whose ID is not known, through whichever process', async () => {
    const [ada, eve] = [await participant(), await participant()];
    const { id } = (await open(ada)).json;
    const own = (await open(eve)).json.id as string;
    const paths = [
      `/api/sandboxes/${own}/../${'0'.repeat(12)}/trace`,
      `/api/sandboxes/${own}%2f..%2f${'0'.repeat(12)}/trace`,
      `/api/sandboxes/${'0'.repeat(12)}/trace`,
      '/api/sandboxes/__proto__/trace',
      '/api/sandboxes/%00/trace',
      '/api/sandboxes/*/trace',
      '/api/sandboxes',
    ];
    for (const path of paths) expect((await eve.get(path)).status).toBe(404);
    const page = await eve.stream();
    await eventually(() => expect(page.room).not.toBeNull());
    expect(page.text).not.toContain(id);
    page.cut();
  });

  test('is still kept out by the guards of the first process', async () => {
    const { id } = (await open(await participant())).json;
    const eve = oneClient(site.port, '127.0.9.9');
    const path = `/api/sandboxes/${id}/steps`;
    expect((await eve.send('POST', '/api/sandboxes', choice)).json.error.code).toBe('unknown-token');
    expect((await eve.send('POST', path, { upTo: 1 }, { Host: 'evil.example' })).status).toBe(421);
    expect((await eve.send('POST', path, { upTo: 1 }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await eve.send('POST', path, { upTo: 1 }, { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  test('finds the workers at no port, and their sockets in folders of this user only', async () => {
    for (const pid of site.workers!.pids) {
      const listening = execFileSync('ss', ['-Hxlp']).toString();
      const [socket] = new RegExp(`(\\S+worker\\.sock)\\s.*pid=${pid},`).exec(listening)?.slice(1) ?? [];
      expect(socket).toBeTruthy();
      const mode = execFileSync('stat', ['-c', '%a', socket!.replace('/worker.sock', '')])
        .toString()
        .trim();
      expect(mode).toBe('700');
      expect(execFileSync('ss', ['-Htlnp']).toString()).not.toContain(`pid=${pid},`);
    }
  });
});

test('a worker without room for a client is followed by one in which the client has a sandbox that nobody uses', async () => {
  const [ada, bob, cleo] = [await participant(), await participant(), await participant()];
  // The worker with the least to do opens a sandbox, and the first of two that have the same.
  const opened: string[] = [];
  for (let round = 0; round < 4; round++) {
    opened.push((await open(ada)).json.id);
    expect((await open(bob)).status).toBe(201);
  }
  expect((await open(cleo)).status).toBe(201);
  expect(site.workers!.loads).toEqual([5, 4]);
  expect((await open(ada)).status).toBe(429);
  await sleep(spareAfter + seconds(1));
  // The other worker is asked first, and has none of hers that could go.
  expect((await open(ada)).status).toBe(201);
  expect(site.workers!.loads).toEqual([5, 4]);
  expect((await ada.get(`/api/sandboxes/${opened[0]}/trace`)).json.error.code).toBe('unknown-sandbox');
  expect((await ada.get(`/api/sandboxes/${opened[1]}/trace`)).status).toBe(200);
});

test.skipIf(!hasSignals)(
  'a worker that gives no sign of life is ended, and a request to it gets its answer',
  async () => {
    const ada = await participant();
    const { id } = (await open(ada)).json;
    const [frozen, other] = site.workers!.pids;
    process.kill(frozen!, 'SIGSTOP');
    const waiting = ada.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    await vi.waitFor(() => expect(site.workers!.pids).not.toContain(frozen), { timeout: 60_000, interval: 100 });
    expect((await waiting).json.error.code).toBe('sandbox-lost');
    await eventually(() => expect(site.workers!.pids).toEqual([other, expect.any(Number)]));
    await bothToOpen(ada, await participant());
    expect(site.logged.splice(0)).toEqual([
      expect.objectContaining({ message: expect.stringContaining(`Worker ${frozen} has ended`) }),
    ]);
  },
);

test('a worker that is killed in the middle of a run loses its sandboxes alone, and they are played again elsewhere', async () => {
  const [ada, bob] = [await participant(), await participant()];
  // Both have nothing to do, so the first one opens the first.
  const [lost, kept] = [(await open(ada)).json.id as string, (await open(bob)).json.id as string];
  const driven = (await open(driver)).json.id as string;
  const stream = follow(lost);
  await eventually(() => expect(stream.text).toContain('event: clock'));
  const { steps } = (await ada.get(`/api/sandboxes/${lost}/trace`)).json.trace.header.scenario;
  const [pid, other] = site.workers!.pids;

  const playing = ada.post(`/api/sandboxes/${lost}/steps`, { upTo: steps.length });
  await eventually(() => expect(stream.text).toContain('"step-started"'));
  process.kill(pid!, 'SIGKILL');
  for (const answer of [await playing, await ada.get(`/api/sandboxes/${lost}/events`)])
    expect([answer.status, answer.json.error.code]).toEqual([410, 'sandbox-lost']);
  expect(stream.over).toBe(true);
  for (const [visitor, id] of [
    [bob, kept],
    [driver, driven],
  ] as const)
    expect((await visitor.post(`/api/sandboxes/${id}/steps`, { upTo: 1 })).json).toMatchObject({ played: 1 });

  const again = await open(ada, { playTo: 3 });
  expect((await ada.post(`/api/sandboxes/${again.json.id}/steps`, { upTo: 4 })).json).toMatchObject({ played: 4 });
  // Another one takes its place, after a while: it has not lived long.
  await eventually(() => expect(site.workers!.pids).toEqual([other, expect.any(Number)]));
  await bothToOpen(ada, bob);
  expect(site.logged).toEqual([
    expect.objectContaining({ message: expect.stringContaining(`Worker ${pid} has ended`) }),
  ]);
  await driver.end(driven);
  await endAll();
  await eventually(() => expect([site.shares.taken('sandboxes'), site.shares.taken('bytes')]).toEqual([0, 0]));
});
