/** Every fault of a real Redis against the API of the page. The command line's are in cli/faults.full.test.ts. */
import { mkdirSync, rmSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { addNeighbors, type Neighbors } from '../testing/neighbors.ts';
import { hasSignals, startTestServer, type TestServer } from '../testing/redisServer.ts';
import type { Answer } from '../testing/sendTo.ts';
import { closeSites, openSite, type Site } from '../testing/site.ts';
import { openLine } from '../testing/slowLine.ts';

/** No answer may take longer. Milliseconds. */
const longest = 2000;

let redis: TestServer;
let line: Awaited<ReturnType<typeof openLine>>;
let owner: Redis;
let site: Site;
let neighbors: Neighbors;

beforeEach(async () => {
  redis = await startTestServer();
  line = await openLine(redis.port);
  site = await openSite({ redisUrl: line.url });
  owner = await openOwner();
  neighbors = await addNeighbors(owner);
});
afterEach(async () => {
  redis.thaw();
  line.silence(false);
  line.slow(0);
  line.loading(false);
  await closeSites();
  neighbors.leave();
  owner.disconnect();
  line.close();
  await redis.stop();
});

async function openOwner(): Promise<Redis> {
  const client = new Redis(redis.url, { retryStrategy: () => null });
  client.on('error', () => {});
  return client;
}

async function inTime(asked: Promise<Answer>): Promise<Answer> {
  const started = performance.now();
  const answer = await asked;
  expect(performance.now() - started).toBeLessThan(longest);
  return answer;
}

interface Fault {
  start(): unknown;
  end(): unknown;
  /** What a new sandbox is refused with; null: it is opened. */
  refused: RegExp | null;
  /** What a change of a key is answered with; null: it is carried out. */
  said: RegExp | null;
  /** What the page says of Redis within two seconds. */
  shown?: unknown;
  /** The other programs' keys are gone with the server's. */
  losesEverything?: boolean;
}

const config = (name: string, value: string) => () => owner.config('SET', name, value);
const rule =
  (...rules: string[]) =>
  () =>
    owner.call('ACL', 'SETUSER', 'default', ...rules);
const silence = /does not answer|cannot be reached|refuses connections|closes the connection/;

const faults: Record<string, Fault> = {
  'is killed': {
    start: () => redis.stop(),
    async end() {
      redis = await startTestServer({ port: redis.port });
      owner = await openOwner();
    },
    refused: /refuses connections|closes the connection/,
    said: /^Redis does not answer/,
    losesEverything: true,
  },
  ...(hasSignals && {
    'is frozen': {
      start: () => redis.freeze(),
      end: () => redis.thaw(),
      refused: silence,
      said: /^Redis does not answer/,
    },
  }),
  'pauses its clients': {
    // Longer than all that is asked meanwhile. No command is carried out until then, not even one that ends it.
    start: () => owner.client('PAUSE', 4000, 'ALL'),
    end: () => owner.ping(),
    refused: silence,
    said: /^Redis does not answer/,
  },
  'is behind a line that has gone silent': {
    start: () => line.silence(true),
    end: () => line.silence(false),
    refused: silence,
    said: /^Redis does not answer/,
  },
  'is loading its data': {
    start: () => line.loading(true),
    end: () => line.loading(false),
    refused: /still loading its data/,
    said: /^Redis is loading its data.*LOADING/,
  },
  'is full and evicts nothing': {
    start: config('maxmemory', '1'),
    end: config('maxmemory', '0'),
    refused: /is full and evicts nothing/,
    said: /^Redis is full and evicts nothing.*OOM/,
  },
  'has become a replica': {
    start: () => owner.replicaof('127.0.0.1', '1'),
    end: () => owner.replicaof('NO', 'ONE'),
    refused: /read-only replica/,
    said: /^Redis has become a read-only replica.*READONLY/,
  },
  'cannot save to its disk': {
    async start() {
      folder = ((await owner.config('GET', 'dir')) as string[])[1]!;
      await owner.config('SET', 'save', '3600 1');
      rmSync(folder, { recursive: true });
      await owner.bgsave();
      await eventually(async () => expect(await owner.info('persistence')).toContain('rdb_last_bgsave_status:err'));
    },
    async end() {
      mkdirSync(folder, { recursive: true });
      await owner.config('SET', 'save', '');
    },
    refused: /cannot save to its disk/,
    said: /^Redis cannot save to its disk.*MISCONF/,
  },
  'forbids a command': {
    start: rule('-set'),
    end: rule('+@all'),
    refused: /does not allow its user SET/,
    said: /is not allowed to do this.*'set'/,
  },
  'forbids the keys of sandboxes': {
    start: rule('resetkeys', '~sess:*'),
    end: rule('~*'),
    refused: /does not allow its user the keys sandbox/,
    said: /is not allowed to do this.*keys/,
  },
  'has got a password': {
    async start() {
      await owner.config('SET', 'requirepass', 'hunter2');
      await owner.client('KILL', 'TYPE', 'NORMAL');
    },
    end: config('requirepass', ''),
    refused: /requires a password/,
    said: /^Redis (does not answer|requires a password now)/,
  },
  'takes no more clients': {
    start: config('maxclients', '1'),
    end: config('maxclients', '1000'),
    refused: /as many clients as it allows/,
    said: null,
  },
  'is half a second away': {
    start: () => line.slow(250),
    end: () => line.slow(0),
    refused: null,
    said: null,
    shown: ['slow', expect.stringMatching(/^Redis answers slowly: [5-9]\d\d ms for a PING\.$/)],
  },
};
let folder = '';

const storeEvents = (id: string) =>
  site.trace(id).events.flatMap((event) => (event.type === 'store' ? [[event.status, event.why]] : []));

const onReal = { scenario: 'session-fixation', variant: 'vulnerable', store: 'real' };
const change = { do: 'redis', line: 'SET note x EX 60' };

describe.each(Object.entries(faults))('when Redis %s', (_, fault) => {
  test('it is said in time, works again by itself, and nothing of others is touched', async () => {
    const { id } = await site.openSandbox({ ...onReal, playTo: 1 });
    await fault.start();

    const made = await inTime(site.post('/api/sandboxes', onReal));
    if (fault.refused === null) expect(made.status).toBe(201);
    else expect([made.status, made.json.error.message]).toEqual([503, expect.stringMatching(fault.refused)]);
    const done = await inTime(site.post(`/api/sandboxes/${id}/actions`, change));
    if (fault.said === null) expect(done.status).toBe(200);
    else expect([done.status, done.json.error?.message]).toEqual([503, expect.stringMatching(fault.said)]);
    expect(done.text).not.toMatch(/max retries|enableOfflineQueue|call stack/);
    expect((await inTime(site.get('/api/redis'))).json.real.available).toBe(fault.refused === null);
    const step = await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 });
    expect(step).toMatchObject({ status: 200, json: { played: 2 } });
    if (fault.shown) await vi.waitFor(() => expect(storeEvents(id)).toContainEqual(fault.shown), longest);

    await fault.end();
    await vi.waitFor(async () => expect((await site.post(`/api/sandboxes/${id}/actions`, change)).status).toBe(200), {
      timeout: 5000,
      interval: 100,
    });
    const another = await site.post('/api/sandboxes', { ...onReal, playTo: 5 });
    expect(another.status).toBe(201);
    const asks = site.trace(another.json.id).events.flatMap((event) => (event.type === 'ask' ? [event.holds] : []));
    expect(asks).toEqual([true, true, true, true]);

    const names = await owner.keys('sandbox:*:*');
    const ends = await Promise.all(
      names.filter((name) => !name.includes('somebody-else')).map((name) => owner.pttl(name)),
    );
    expect(ends.every((ttl) => ttl > 0)).toBe(true);
    await Promise.all([id, another.json.id, made.json.id].map((one) => site.delete(`/api/sandboxes/${one}`)));
    await eventually(async () => {
      const left = await owner.keys('sandbox:*');
      expect(left.filter((name) => /^sandbox:[0-9a-f]{12}:/.test(name))).toEqual([]);
    });
    if (!fault.losesEverything && fault !== faults['has got a password']) await neighbors.expectKeysUnchanged();
    expect(site.logged).toEqual([]);
  });
});
