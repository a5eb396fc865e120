/** The sandbox's clock as far as the page knows it: it runs like the page's own, and is put right by what the server says. */
export interface SandboxClock {
  /** Sandbox milliseconds now. */
  now(): number;
  /** What the server says it is. */
  set(now: number): void;
  /** Something happened at `at`: when that is ahead of this clock, time was jumped. */
  notBefore(at: number): void;
  /** Stand still: nothing goes on in a sandbox that is gone. */
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
