/** The sandbox's clock on this page. It runs like the page's own clock and is corrected by what the server sends. */
export interface SandboxClock {
  /** Returns the sandbox time in ms. */
  now(): number;
  /** Sets the clock to the server's time. */
  set(now: number): void;
  /** Moves the clock forward to an event's time. An event ahead of the clock means that time was jumped. */
  notBefore(at: number): void;
  /** Stops the clock: in an ended sandbox, no time passes. */
  stop(): void;
}

/** @param monotonic real milliseconds since any fixed moment, such as `performance.now` */
export function createClock(monotonic: () => number): SandboxClock {
  let offset = -monotonic();
  let stoppedAt: number | null = null;
  const now = () => stoppedAt ?? monotonic() + offset;
  const set = (at: number) => {
    stoppedAt = null;
    offset = at - monotonic();
  };
  return {
    now,
    set,
    notBefore: (at) => {
      if (at > now()) set(at);
    },
    stop: () => {
      stoppedAt = now();
    },
  };
}
