import { setInterval, setTimeout } from 'node:timers';

/** Redis answers within a few milliseconds, a distant one within a few dozen. An answer that takes longer is one that a learner notices. */
const slowMs = 250;

/** How often a slow Redis is asked whether it still is. */
const askAgainMs = 1000;

/** How often this process looks how late it is itself. */
const lookMs = 20;

/**
 * Tells when Redis answers slowly, and when it does no more. It asks nothing while commands are answered in time. A command may have
 * waited for others, or for this process, so a PING decides, and does not count if this process was busy meanwhile.
 *
 * @param record called with how long a PING takes, in milliseconds; null: no longer
 */
export function createSlownessWatch(ping: () => Promise<unknown>, record: (ms: number | null) => void) {
  let slow = false;
  let asking = false;
  let stopped = false;
  let again: NodeJS.Timeout | undefined;

  async function ask(): Promise<void> {
    if (asking || stopped) return;
    asking = true;
    const busy = measureLateness();
    const sent = performance.now();
    const answered = await ping().then(
      () => true,
      () => false,
    );
    const ms = performance.now() - sent;
    const late = busy();
    asking = false;
    if (stopped) return;
    // That it is lost is told by its connection.
    if (!answered) slow = false;
    else if (ms < slowMs || late > ms / 2) tell(false, ms);
    else tell(true, ms);
    if (slow) again = setTimeout(() => void ask(), askAgainMs).unref();
  }

  function tell(isSlow: boolean, ms: number): void {
    if (isSlow !== slow) record(isSlow ? Math.round(ms) : null);
    slow = isSlow;
  }

  return {
    /** To be called with the milliseconds that each command took. */
    took(ms: number): void {
      if (ms >= slowMs && !slow) void ask();
    },
    stop(): void {
      stopped = true;
      clearTimeout(again);
    },
  };
}

/** Returns a function that tells how late this process was at most since then. Milliseconds. */
function measureLateness(): () => number {
  let last = performance.now();
  let latest = 0;
  const look = () => {
    const now = performance.now();
    latest = Math.max(latest, now - last - lookMs);
    last = now;
  };
  const timer = setInterval(look, lookMs).unref();
  return () => {
    clearInterval(timer);
    look();
    return latest;
  };
}
