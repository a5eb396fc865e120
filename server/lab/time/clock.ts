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

export function createClock(): Clock {
  const started = performance.now();
  let jumped = 0;
  const jumps = new EventTarget();

  const clock: Clock = {
    now: () => performance.now() - started + jumped,
    wall: () => Date.now() + jumped,
    jump(ms) {
      jumped += ms;
      jumps.dispatchEvent(new Event('jump'));
    },
    wait(ms, signal) {
      const until = clock.now() + ms;
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout;
        const check = () => {
          clearTimeout(timer);
          const left = until - clock.now();
          if (!signal.aborted && left > 0) {
            timer = setTimeout(check, Math.min(left, longestTimer));
            return;
          }
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
