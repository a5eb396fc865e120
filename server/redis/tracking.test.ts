import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { connectTo } from './connection.ts';
import { createMockRedis } from './mock.ts';
import { targetFromUrl } from './target.ts';
import { type TrackedNotices, trackKeys } from './tracking.ts';

let server: TestServer;
let other: Redis;

beforeAll(async () => {
  server = await startTestServer();
  other = new Redis(server.url);
});
afterAll(async () => {
  other.disconnect();
  await server.stop();
});

const track = (url = server.url) => trackKeys(() => connectTo(targetFromUrl(url), '', 1000), 'sandbox:');

describe('a real Redis tells', () => {
  let notices: TrackedNotices;
  let told: (string[] | null)[];

  beforeEach(async () => {
    notices = await track();
    told = [];
    notices.listen('sandbox:a:', (names) => told.push(names));
  });
  afterEach(() => notices.close());

  test('of each key with the prefix, whatever its name, and of no other', async () => {
    expect(notices.untold).toBeNull();
    await other.set('sandbox:a:one, two\n„three“', '1');
    await other.set('sandbox:b:one', '1');
    await other.set('somebody', '1');
    await notices.arrived();
    expect(told).toEqual([['sandbox:a:one, two\n„three“']]);
  });

  test('of a transaction, a new time to live, an expiry and a deletion', async () => {
    const steps: [what: string, change: () => Promise<unknown>, names: string[]][] = [
      ['a transaction', () => other.multi().set('sandbox:a:x', '1').set('sandbox:a:y', '1').exec(), ['x', 'y']],
      ['a time to live', () => other.pexpire('sandbox:a:x', 5), ['x']],
      ['an expiry, when somebody asks', async () => [await wait(20), await other.get('sandbox:a:x')], ['x']],
      ['a deletion', () => other.del('sandbox:a:y'), ['y']],
    ];
    for (const [what, change, names] of steps) {
      told.length = 0;
      await change();
      await notices.arrived();
      const short = told.flatMap((all) => all ?? []).map((name) => name.replace('sandbox:a:', ''));
      expect([...new Set(short)].sort(), what).toEqual(names);
    }
  });

  test('that everything is to be looked at, when all keys are deleted', async () => {
    await other.flushall();
    await notices.arrived();
    expect(told).toEqual([null]);
  });

  test.each(['normal', 'pubsub'])(
    'again after its %s connection was lost, and what was missed is looked at',
    async (type) => {
      await other.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
      await vi.waitFor(() => expect(told).toContain(null), { timeout: 5000 });
      await vi.waitFor(
        async () => {
          await other.set('sandbox:a:x', '1');
          await notices.arrived();
          expect(told).toContainEqual(['sandbox:a:x']);
        },
        { timeout: 5000 },
      );
    },
  );

  test('nobody who has ended it', async () => {
    const end = notices.listen('sandbox:c:', () => told.push(['c']));
    end();
    end();
    await other.set('sandbox:c:x', '1');
    await notices.arrived();
    expect(told).toEqual([]);
  });
});

test.each([
  ['must not track', ['-client|tracking'], /“NOPERM.*client\|tracking/],
  ['must not subscribe', ['resetchannels'], /“NOPERM.*channel/],
])('a user who %s is not told, and the reason is', async (_, rules, reason) => {
  await other.call('ACL', 'SETUSER', 'limited', 'reset', 'on', '>secret', '~*', '&*', '+@all', ...rules);
  const url = server.url.replace('redis://', 'redis://limited:secret@');
  const notices = await track(url);
  expect(notices.untold).toMatch(reason);
  notices.close();
});

test('the mock tells of values and times to live, of its own keys only', async () => {
  const [one, another] = [createMockRedis(), createMockRedis()];
  const told: unknown[] = [];
  one.notices.listen('sandbox:a:', (names) => told.push(...(names ?? [null])));
  const redis = await one.connect('sandbox:a:');
  const elsewhere = await another.connect('sandbox:a:');
  await elsewhere.set('x', '1');
  await redis.set('x', '1');
  expect(told).toContain('sandbox:a:x');
  told.length = 0;
  await redis.expire('x', 10);
  expect(told).toContain('sandbox:a:x');
  told.length = 0;
  await redis.persist('x');
  expect(told).toContain('sandbox:a:x');
  told.length = 0;
  await redis.del('x');
  expect(told).toContain('sandbox:a:x');
  await Promise.all([one.close(), another.close()]);
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
