/** Holds callers back while it is closed, so that a scenario can act between two moments. */
export function createGate() {
  let closed = false;
  let waiting: (() => void)[] = [];
  let watchers: { count: number; resolve: () => void }[] = [];

  return {
    close(): void {
      closed = true;
    },
    open(): void {
      closed = false;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    /** Resolves when the gate is open; undefined if it is open now. */
    opened(): Promise<void> | undefined {
      if (!closed) return undefined;
      const opened = new Promise<void>((resolve) => waiting.push(resolve));
      for (const { count, resolve } of watchers) if (waiting.length >= count) resolve();
      watchers = watchers.filter(({ count }) => waiting.length < count);
      return opened;
    },
    /** Resolves when that many callers are waiting. */
    reached: (count: number): Promise<void> =>
      new Promise((resolve) => (waiting.length >= count ? resolve() : watchers.push({ count, resolve }))),
  };
}
