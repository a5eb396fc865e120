/** The payment provider, played by the lab: answers at once, or when the scenario lets it. */
export function createPayments() {
  let held = false;
  let waiting: (() => void)[] = [];
  let watchers: { count: number; resolve: () => void }[] = [];

  return {
    charge: (): Promise<void> => {
      if (!held) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        watchers = watchers.filter((watcher) => {
          if (waiting.length < watcher.count) return true;
          watcher.resolve();
          return false;
        });
      });
    },
    hold: () => {
      held = true;
    },
    /** Resolves when that many charges are waiting. */
    reached: (count: number): Promise<void> =>
      waiting.length >= count ? Promise.resolve() : new Promise((resolve) => watchers.push({ count, resolve })),
    release: () => {
      held = false;
      const released = waiting;
      waiting = [];
      for (const resolve of released) resolve();
    },
  };
}
