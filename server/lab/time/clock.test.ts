import { describe, expect, test, vi } from 'vitest';
import { createClock } from './clock.ts';

const never = new AbortController().signal;

test('sandbox time starts at zero, runs with real time and is ahead of it by the jumps', () => {
  const real = performance.now();
  const clock = createClock();
  expect(clock.now()).toBeLessThan(1000);
  clock.jump(60_000);
  clock.jump(5000);
  expect(clock.now()).toBeGreaterThanOrEqual(65_000);
  expect(clock.now()).toBeLessThanOrEqual(65_000 + performance.now() - real);
  expect(Math.abs(clock.wall() - Date.now() - 65_000)).toBeLessThan(50);
});

describe('a wait', () => {
  test('lasts as long as asked for', async () => {
    const clock = createClock();
    const from = clock.now();
    await clock.wait(60, never);
    expect(clock.now() - from).toBeGreaterThanOrEqual(60);
  });

  test('of zero or less ends at once', async () => {
    const clock = createClock();
    await clock.wait(0, never);
    await clock.wait(-5, never);
  });

  test('is shortened by a jump, and ended by one that is long enough', async () => {
    const clock = createClock();
    const real = performance.now();
    const [long, longer] = [clock.wait(60_000, never), clock.wait(60_050, never)];
    clock.jump(30_000);
    clock.jump(30_000);
    await long;
    await longer;
    expect(performance.now() - real).toBeGreaterThanOrEqual(45);
    expect(performance.now() - real).toBeLessThan(5000);
  });

  test('of a month starts with the longest timer there is', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const ending = new AbortController();
    const waiting = createClock().wait(31 * 24 * 3_600_000, ending.signal);
    expect(timers.mock.lastCall?.[1]).toBe(2 ** 31 - 1);
    timers.mockRestore();
    ending.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('rejects with the reason when it is aborted, even before it begins', async () => {
    const clock = createClock();
    const ending = new AbortController();
    const waiting = clock.wait(60_000, ending.signal);
    ending.abort(new Error('the sandbox ended'));
    await expect(waiting).rejects.toThrow('the sandbox ended');
    await expect(clock.wait(60_000, ending.signal)).rejects.toThrow('the sandbox ended');
  });
});
