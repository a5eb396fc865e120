import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { read } from '../../../scenarios/engine/read.ts';
import { verdict } from '../../../scenarios/engine/whoIsWhoText.ts';
import { scenarios } from '../../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { people } from '../deployment/people.ts';
import { createSandbox, type Sandbox } from '../sandbox.ts';

// What a scenario says after the learner has done something by hand.

let redis: TestRedis;
let sandbox: Sandbox;
beforeAll(async () => {
  redis = await openTestRedis('mock');
});
afterEach(() => sandbox.end('played'));
afterAll(() => redis.close());

/** Opens the vulnerable run of a scenario, and plays its first steps. */
async function play(slug: string, steps: number): Promise<void> {
  const scenario = scenarios.find((one) => one.slug === slug)!;
  const settings = { scenario, variant: 'vulnerable', store: 'mock', pace: 'jump', redis: redis.redisSwitch } as const;
  sandbox = await createSandbox({ ...settings, users: await people(4) });
  await sandbox.playTo(steps);
}

test('when the record that two browsers share was deleted, the sentence says that both are nobody', async () => {
  await play('session-fixation', 3);
  const { key } = read(sandbox.trace).keys.find(({ key }) => key.includes(':sess:'))!;
  await sandbox.act({ do: 'delete-key', key });
  const { text, tone } = verdict(read(sandbox.trace));
  expect([text, tone]).toEqual(['Alice logged in. The cookies of Alice and Mallory mean nobody.', 'plain']);
});

test('when the cookie had expired before step 3 of idle-timeout, its answer is that the record was not renewed', async () => {
  await play('idle-timeout', 2);
  await sandbox.act({ do: 'jump-time', ms: 31 * 60_000 });
  const [result] = await sandbox.playTo(3);
  expect(result!.untrue).toContainEqual(expect.objectContaining({ claim: 'the record of alice is renewed' }));
  expect(sandbox.trace.events.findLast(({ type }) => type === 'ask')).toMatchObject({ actual: 'no', holds: false });
});

test('after something was done by hand, the sentence is about that, and no longer answers the question of the step', async () => {
  await play('httponly-vs-xss', 1);
  expect(verdict(read(sandbox.trace)).text).toMatch(/^Is the session cookie marked HttpOnly\? No\. /);
  await sandbox.act({ do: 'jump-time', ms: 1000 });
  expect(verdict(read(sandbox.trace)).text).toBe('Alice’s cookie now means Alice.');
});
