import { expect, test } from 'vitest';
import { createElapsed } from './elapsed.ts';

function clocks() {
  const at = { monotonic: 1000, wall: 1_700_000_000_000 };
  const elapsed = createElapsed({ monotonic: () => at.monotonic, wall: () => at.wall });
  return {
    elapsed,
    run(ms: number) {
      at.monotonic += ms;
      at.wall += ms;
    },
    set(ms: number) {
      at.wall += ms;
    },
  };
}

test('time that passes is counted', () => {
  const { elapsed, run } = clocks();
  run(500);
  expect(elapsed()).toBe(500);
});

test('time that passes while the machine sleeps is counted once', () => {
  const { elapsed, run, set } = clocks();
  run(500);
  set(3_600_000);
  expect(elapsed()).toBe(3_600_500);
  run(100);
  expect(elapsed()).toBe(3_600_600);
});

test('a clock that is set back takes nothing away, and gives nothing when it is set right again', () => {
  const { elapsed, run, set } = clocks();
  set(-3_600_000);
  run(100);
  expect(elapsed()).toBe(100);
  run(100);
  expect(elapsed()).toBe(200);
});

test('clocks that drift apart a little are as one', () => {
  const { elapsed, run, set } = clocks();
  for (let minute = 0; minute < 60; minute++) {
    run(60_000);
    set(minute % 2 ? 20 : -10);
    elapsed();
  }
  expect(elapsed()).toBe(3_600_000);
});
