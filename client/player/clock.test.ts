import { expect, test } from 'vitest';
import { createClock } from './clock.ts';

function clockAt(start: number) {
  const real = { ms: start };
  return { real, clock: createClock(() => real.ms) };
}

test('runs like the real clock, starting at the server time', () => {
  const { real, clock } = clockAt(5_000);
  clock.set(100);
  real.ms += 250;
  expect(clock.now()).toBe(350);
});

test('an event ahead of the clock moves it forward; an event behind it does not', () => {
  const { real, clock } = clockAt(0);
  clock.set(1_000);
  clock.notBefore(1_801_000);
  expect(clock.now()).toBe(1_801_000);
  real.ms += 10;
  clock.notBefore(400);
  expect(clock.now()).toBe(1_801_010);
});

test('stands still once stopped, until it is set again', () => {
  const { real, clock } = clockAt(0);
  clock.set(700);
  clock.stop();
  real.ms += 9_000;
  expect(clock.now()).toBe(700);
  clock.set(10);
  real.ms += 5;
  expect(clock.now()).toBe(15);
});
