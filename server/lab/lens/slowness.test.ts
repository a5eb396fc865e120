import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { createSlownessWatch } from './slowness.ts';

const told: (number | null)[] = [];
let away = 0;
const ping = vi.fn(() => sleep(away));
let watch: ReturnType<typeof createSlownessWatch>;
afterEach(() => {
  watch.stop();
  told.splice(0);
  ping.mockClear();
});
const start = () => {
  watch = createSlownessWatch(ping, (ms) => told.push(ms));
};

test('a Redis half a second away is told once, with what a PING takes, and that it is quick again', async () => {
  start();
  away = 500;
  watch.took(510);
  watch.took(520);
  await eventually(() => expect(told).toEqual([expect.closeTo(500, -2)]));
  expect(ping).toHaveBeenCalledTimes(1);
  away = 0;
  await vi.waitFor(() => expect(told).toEqual([expect.any(Number), null]), { timeout: 2000 });
  await sleep(1100);
  expect(ping).toHaveBeenCalledTimes(2);
});

test('while commands are answered in time, nothing is asked', () => {
  start();
  watch.took(200);
  expect(ping).not.toHaveBeenCalled();
});

test('a command that waited for something else than Redis says nothing', async () => {
  start();
  away = 0;
  watch.took(600);
  await sleep(50);
  expect([ping.mock.calls.length, told]).toEqual([1, []]);
});

test('a process that is busy itself does not say that Redis is slow', async () => {
  start();
  away = 20;
  watch.took(600);
  const until = performance.now() + 400;
  while (performance.now() < until);
  await sleep(100);
  expect(told).toEqual([]);
});

test('a Redis that does not answer at all is told by its connection', async () => {
  watch = createSlownessWatch(
    () => sleep(300).then(() => Promise.reject(new Error('lost'))),
    (ms) => told.push(ms),
  );
  watch.took(600);
  await sleep(400);
  expect(told).toEqual([]);
});
