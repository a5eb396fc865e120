import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours, minutes } from '../../scenarios/engine/durations.ts';
import { firstDisagreement, type Limits, modelClicks, usualLimits } from '../../scenarios/engine/limits.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { people } from './deployment/people.ts';
import { playLimits } from './limits.ts';
import { createSandboxes, type Sandboxes } from './sandboxes.ts';
import { unshared } from './shares.ts';

let redis: Record<StoreKind, TestRedis>;
let sandboxes: Sandboxes;
beforeAll(async () => {
  redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
  sandboxes = createSandboxes();
});
afterAll(async () => {
  await sandboxes.endAll('The tests are over.');
  for (const one of Object.values(redis)) await one.close();
});

const play = async (limits: Limits, store: StoreKind = 'mock') =>
  playLimits(limits, {
    ...{ store, sandboxes, users: await people(4), redis: redis[store].redisSwitch },
    share: unshared(),
    signal: new AbortController().signal,
  });

/** What differs from the usual limits. */
const table: [about: string, change: Partial<Limits>][] = [
  ['the absolute limit although she is active', { absolute: hours(1) }],
  ['cookie and record when she is idle too long', { every: hours(1) }],
  ['cookie and record at the very moment of a click', { every: minutes(30) }],
  ['the cookie that no click renews', { rolling: false }],
  ['the cookie that no click renews, before a longer record', { rolling: false, idle: hours(6), every: minutes(20) }],
  ['the record that is shorter than the cookie', { maxAge: hours(24), idle: minutes(10), every: minutes(20) }],
  ['the cookie that is shorter than the record', { maxAge: minutes(10), idle: hours(6), every: minutes(20) }],
  ['the record of a cookie without maxAge, after a day', { maxAge: null, absolute: null, every: hours(24) }],
  ['nothing, without maxAge', { maxAge: null, absolute: null, every: hours(12) }],
  ['the absolute limit, found only by a later click', { absolute: minutes(50), every: minutes(20) }],
  ['a record of its own, without maxAge', { maxAge: null, idle: minutes(30), every: hours(1) }],
  [
    'a cookie that outlives a fixed record',
    { maxAge: hours(24), idle: minutes(30), rolling: false, absolute: hours(2) },
  ],
];

describe.concurrent('what the model says is measured on the app; what ends the login is', () => {
  test.each([
    ...table.map(([about, change]) => [about, 'mock', change] as const),
    // A time to live of its own, set by connect-redis and moved by the jumps in time.
    ...table.slice(4, 7).map(([about, change]) => [about, 'real', change] as const),
  ])('%s, on the %s Redis', async (_, store, change) => {
    const limits = { ...usualLimits, every: minutes(10), ...change };
    const measured = await play(limits, store);
    const model = modelClicks(limits);
    const differs = firstDisagreement(model, measured);
    expect(differs, JSON.stringify([model, measured].map((clicks) => clicks.slice(differs ?? 0)[0]))).toBeNull();
  });
});

test('the sandbox of a run is ended', async () => {
  await play({ ...usualLimits, every: hours(1) });
  expect(sandboxes.size).toBe(0);
});
