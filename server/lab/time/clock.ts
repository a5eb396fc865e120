/** Sandbox time: real time plus what was jumped. Milliseconds throughout. */
export interface Clock {
  /** Since the sandbox was made, as in the trace's `at`. */
  now(): number;
  /** Since 1970, as the app's `now`: what it stores grows old when the clock jumps. */
  wall(): number;
  jump(ms: number): void;
  /** Resolves when that much sandbox time has passed, really or by a jump; rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

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
        const look = () => {
          clearTimeout(timer);
          const left = until - clock.now();
          if (!signal.aborted && left > 0) {
            // A timer of more than 24 days would be due at once.
            timer = setTimeout(look, Math.min(left, 2 ** 31 - 1));
            return;
          }
          jumps.removeEventListener('jump', look);
          signal.removeEventListener('abort', look);
          if (signal.aborted) reject(signal.reason);
          else resolve();
        };
        jumps.addEventListener('jump', look);
        signal.addEventListener('abort', look);
        look();
      });
    },
  };
  return clock;
}
