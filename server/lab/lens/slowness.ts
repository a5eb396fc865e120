import { setInterval, setTimeout } from 'node:timers';

/** Redis answers within a few milliseconds, a distant one within a few dozen. A learner notices a longer wait. */
const slowMs = 250;

/** How long after a slow answer Redis is asked again. Milliseconds. */
const askAgainMs = 1000;

/** How often this process measures how late its own timers are. Milliseconds. */
const lookMs = 20;

/**
 * Records when Redis becomes slow, and when it is quick again. A slow command proves nothing: it may have waited for others, or for
 * this process. So a PING decides, and it does not count if this process was busy meanwhile. While commands are answered in time,
 * nothing is sent.
 *
 * @param record called with how long a PING takes, in milliseconds; null: Redis is quick again
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
    // The connection itself reports that Redis is lost.
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

/** Starts to measure. The returned function stops, and returns by how much a timer of this process was late at most. Milliseconds. */
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
