/** Why keys are gone that the app did not delete, as far as the trace tells. Pure. */
import type { TraceEvent } from './trace.ts';

/** What a fault says when another program has filled the Redis server of this sandbox, or when that server came back empty. */
const filled = /^Another job writes /;
const emptied = /^Redis is started again, empty/;

/**
 * Returns how keys were lost, by the `seq` of the event that tells: "evicted", "lost in the crash", "deleted from outside or
 * evicted". Only a server of the sandbox's own can be filled or crash, and nobody else has access to it.
 */
export function lossesIn(events: readonly TraceEvent[]): Map<number, string> {
  const losses = new Map<number, string>();
  let lastFault = '';
  /** Losses since the last fault: evictions are noticed while the other program still writes. */
  let sinceFault: { seq: number; step: number | null }[] = [];
  for (const event of events) {
    if (event.type === 'fault') {
      lastFault = event.what;
      if (filled.test(lastFault)) {
        for (const { seq, step } of sinceFault) if (step === event.step) losses.set(seq, 'evicted');
      }
      sinceFault = [];
    }
    if (event.type !== 'key' || event.change !== 'deleted' || event.cause.by !== 'outside') continue;
    sinceFault.push(event);
    if (filled.test(lastFault)) losses.set(event.seq, 'evicted');
    else losses.set(event.seq, emptied.test(lastFault) ? 'lost in the crash' : 'deleted from outside or evicted');
  }
  return losses;
}
