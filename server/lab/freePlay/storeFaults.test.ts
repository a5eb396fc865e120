import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ManualAction, ManualRequest } from '../../../scenarios/engine/actions.ts';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import { ongoingFaults } from '../../../scenarios/engine/faultSpans.ts';
import { faultText } from '../../../scenarios/engine/faultText.ts';
import { lossesIn } from '../../../scenarios/engine/losses.ts';
import { read } from '../../../scenarios/engine/read.ts';
import { verdict } from '../../../scenarios/engine/whoIsWhoText.ts';
import { endSandboxes, lessonOf, logIn, openSandbox } from '../../../testing/lesson.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import type { Sandbox } from '../sandbox.ts';

const openAccount: ManualRequest = {
  ...{ do: 'request', actor: 'alice', method: 'GET', url: '/me', origin: 'https://shop.example' },
  ...{ headers: [], body: null },
};

let sandbox: Sandbox;
const events = () => sandbox.trace.events;
const act = (action: ManualAction) => sandbox.act(action);
const keys = async () => String(await act({ do: 'redis', line: 'KEYS *' }));
/** Opens the account page. */
async function answer() {
  await act(openAccount);
  const response = events().findLast((event) => event.type === 'response')!;
  return { status: response.status, ms: response.ms };
}
const lasting = () => ongoingFaults(events()).map(({ is }) => is);
const faults = () => events().flatMap((event) => (event.type === 'fault' ? [faultText(event.fault)] : []));
const sentence = () => verdict(read(sandbox.trace)).text;
const losses = () => [...lossesIn(events()).values()];

describe.each(bothKinds)('faults of a %s Redis that others use, too, caused by the learner:', (kind) => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await openTestRedis(kind);
  });
  afterEach(endSandboxes);
  afterAll(() => redis.close());

  async function open(): Promise<void> {
    sandbox = await openSandbox(redis.redisSwitch, { scenario: lessonOf(logIn), store: kind });
    await sandbox.playTo(1);
  }

  test('slow: each command takes longer, until the learner ends it', async () => {
    await open();
    await act({ do: 'slow-redis', ms: 200 });
    expect(lasting()).toEqual(['slow']);
    const slow = await answer();
    expect(slow.status).toBe(200);
    expect(slow.ms).toBeGreaterThanOrEqual(195);
    await act({ do: 'end-faults' });
    expect(lasting()).toEqual([]);
    expect((await answer()).status).toBe(200);
    expect(faults()).toEqual(['Every command takes 200 ms longer to reach Redis', 'Redis is as fast as before']);
  });

  test('freeze: commands time out, the console goes on, and afterwards the session is still there', async () => {
    await open();
    await act({ do: 'freeze-redis' });
    const { status, ms } = await answer();
    expect(status).toBe(503);
    expect(ms).toBeGreaterThanOrEqual(990);
    const failed = events().find((event) => event.type === 'command' && event.error !== null);
    expect(failed).toMatchObject({ error: 'Command timed out', ms: 1000, request: 2 });
    expect(await keys()).toContain('sess:');
    await act({ do: 'end-faults' });
    expect((await answer()).status).toBe(200);
    expect(faults()).toEqual([
      'The connection to Redis freezes: no command is answered',
      'Redis continues where it stopped',
    ]);
  });

  test('disconnect: commands fail at once, until the learner ends it', async () => {
    await open();
    await act({ do: 'disconnect-redis' });
    expect((await answer()).status).toBe(503);
    await act({ do: 'end-faults' });
    expect((await answer()).status).toBe(200);
  });

  test('evict: the key that was used the longest ago goes, then the chosen one; nobody else loses a key', async () => {
    await open();
    const outsider = await redis.connect();
    await outsider.set('theirs', '1');
    const { namespace } = sandbox.trace.header;
    await act({ do: 'evict-key', key: null });
    const first = events().findLast((event) => event.type === 'key')!;
    expect(first).toMatchObject({ change: 'deleted', cause: { by: 'eviction' } });
    expect(first.key).not.toContain('sess:');
    const record = events().findLast((event) => event.type === 'key' && event.sid !== null && event.value !== null)!;
    const { key } = record as Extract<typeof record, { key: string }>;
    await act({ do: 'evict-key', key });
    expect(eventLine(events().at(-1)!, sandbox.trace.header)).toMatch(/^Key sess:.* deleted: evicted, to free memory$/);
    expect(sentence()).toBe('Alice is nobody to the shop: the record was evicted by Redis.');
    expect((await answer()).status).toBe(401);
    expect(losses()).toEqual(['evicted', 'evicted']);
    await expect(act({ do: 'evict-key', key })).rejects.toThrow('This sandbox has no key');
    await expect(act({ do: 'evict-key', key: 'theirs' })).rejects.toThrow('This sandbox has no key "theirs"');
    expect(await outsider.get('theirs')).toBe('1');
    expect(key.startsWith(namespace)).toBe(true);
  });

  test('restart: all keys of the sandbox are gone, and nobody else loses a key', async () => {
    await open();
    const outsider = await redis.connect();
    await outsider.set('theirs', '1');
    const count = (await keys()).split('\n').length;
    await act({ do: 'restart-redis' });
    expect(await keys()).toBe('(empty array)');
    expect(sentence()).toBe('Alice is nobody to the shop: the record was lost when Redis restarted.');
    expect(losses()).toEqual(Array(count).fill('lost in the restart'));
    expect((await answer()).status).toBe(401);
    expect(await outsider.get('theirs')).toBe('1');
    await expect(act({ do: 'evict-key', key: null })).rejects.toThrow('no key that Redis could evict');
  });

  test('a restart of the app loses nothing that is in Redis', async () => {
    await open();
    await act({ do: 'restart-app' });
    expect((await answer()).status).toBe(200);
  });

  test('a sandbox ends although its Redis is frozen and slow, and takes its keys along', async () => {
    await open();
    await act({ do: 'slow-redis', ms: 900 });
    await act({ do: 'freeze-redis' });
    await sandbox.end('over');
    expect(events().at(-1)).toMatchObject({ type: 'ended' });
    expect(lasting()).toEqual([]);
    const outsider = await redis.connect();
    expect(await outsider.keys(`${sandbox.trace.header.namespace}*`)).toEqual([]);
  });
});

describe('faults of a Redis of the sandbox’s own:', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await openTestRedis('real');
    const scenario = { ...lessonOf(logIn), setup: { ownRedis: [] }, needsRealRedis: 'It really freezes.' };
    sandbox = await openSandbox(redis.redisSwitch, { scenario, store: 'real' });
    await sandbox.playTo(1);
  });
  afterAll(async () => {
    await endSandboxes();
    await redis.close();
  });

  test('the server itself freezes and continues, and restarts empty', async () => {
    await act({ do: 'freeze-redis' });
    await expect(act({ do: 'restart-redis' })).rejects.toThrow('Redis does not run at the moment.');
    expect((await answer()).status).toBe(503);
    await act({ do: 'end-faults' });
    expect((await answer()).status).toBe(200);
    await act({ do: 'restart-redis' });
    expect((await answer()).status).toBe(401);
    expect(faults()).toEqual([
      'Redis freezes: it accepts connections and answers nothing',
      'Redis continues where it stopped',
      'Redis crashes',
      'Redis is started again, empty',
    ]);
  });
});
