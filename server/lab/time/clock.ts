import { createElapsed } from './elapsed.ts';

/** Sandbox time: real time plus the jumps. Milliseconds throughout. */
export interface Clock {
  /** Since the sandbox was created, as `at` in the trace. */
  now(): number;
  /** Since 1970, for the app's `now`: what the app stores grows older when the clock jumps. */
  wall(): number;
  jump(ms: number): void;
  /** Resolves when that much sandbox time has passed, by waiting or by jumps. Rejects with the signal's reason when it aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** The longest that setTimeout() can wait, almost 25 days; it fires at once for more. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** A timer stands still while the machine sleeps, so a wait looks at the clock as often as this. Milliseconds. */
const lookEvery = 1000;

export function createClock(): Clock {
  const elapsed = createElapsed();
  let jumped = 0;
  const jumps = new EventTarget();

  const clock: Clock = {
    now: () => elapsed() + jumped,
    wall: () => Date.now() + jumped,
    jump(ms) {
      jumped += ms;
      jumps.dispatchEvent(new Event('jump'));
    },
    wait(ms, signal) {
      const until = clock.now() + ms;
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout;
        const looking = setInterval(() => check(), lookEvery);
        const check = () => {
          clearTimeout(timer);
          const left = until - clock.now();
          if (!signal.aborted && left > 0) {
            timer = setTimeout(check, Math.min(left, longestTimer));
            return;
          }
          clearInterval(looking);
          jumps.removeEventListener('jump', check);
          signal.removeEventListener('abort', check);
          if (signal.aborted) reject(signal.reason);
          else resolve();
        };
        jumps.addEventListener('jump', check);
        signal.addEventListener('abort', check);
        check();
      });
    },
  };
  return clock;
}
