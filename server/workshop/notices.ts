/** Tells the streams of a workshop that there is something to send, many changes at once. */

/** What the driver does is on every page at once. Milliseconds. */
const soon = 15;

/** Two hundred answers within a second are a handful of messages to each page, not two hundred. Milliseconds. */
const laterOn = 200;

export type Notices = ReturnType<typeof createNotices>;

export function createNotices() {
  const listeners = new Set<() => void>();
  let due = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const within = (ms: number) => {
    const at = performance.now() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => {
      due = Number.POSITIVE_INFINITY;
      for (const listener of listeners) listener();
    }, ms);
  };

  return {
    soon: () => within(soon),
    lazily: () => within(laterOn),
    /** Calls the listener whenever there is something new, until the returned function is called. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close(): void {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
