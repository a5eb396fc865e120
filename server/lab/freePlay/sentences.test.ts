import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../../scenarios/engine/read.ts';
import { verdict } from '../../../scenarios/engine/whoIsWhoText.ts';
import { scenarios } from '../../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { people } from '../deployment/people.ts';
import { createSandbox } from '../sandbox.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openTestRedis('mock');
});
afterAll(() => redis.close());

test('when the learner deletes the record that two browsers share, the sentence says that both are nobody', async () => {
  const scenario = scenarios.find(({ slug }) => slug === 'session-fixation')!;
  const settings = { scenario, variant: 'vulnerable', store: 'mock', pace: 'jump', redis: redis.redisSwitch } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4) });
  try {
    await sandbox.playTo(3);
    const { key } = read(sandbox.trace).keys.find(({ key }) => key.includes(':sess:'))!;
    await sandbox.act({ do: 'delete-key', key });
    const { text, tone } = verdict(read(sandbox.trace));
    expect([text, tone]).toEqual(['Alice logged in. The cookies of Alice and Mallory mean nobody.', 'plain']);
  } finally {
    await sandbox.end('played');
  }
});
