/** Why a key is gone that the app did not delete, as far as the trace tells. Pure. */
import type { TraceEvent } from './trace.ts';

/** What a fault says when another program has filled the Redis server of this sandbox, or when that server came back empty. */
const filled = /^Another job writes /;
const emptied = /^Redis is started again, empty/;

/**
 * Returns a function that says how a key was lost: "evicted", "lost in the crash", "deleted from outside or evicted". It returns
 * null for an event that is no such loss. Call it with the events in order, all of its faults included.
 */
export function createLossReader(): (event: TraceEvent) => string | null {
  let lastFault = '';
  return (event) => {
    if (event.type === 'fault') lastFault = event.what;
    if (event.type !== 'key' || event.change !== 'deleted' || event.cause.by !== 'outside') return null;
    if (filled.test(lastFault)) return 'evicted';
    return emptied.test(lastFault) ? 'lost in the crash' : 'deleted from outside or evicted';
  };
}
