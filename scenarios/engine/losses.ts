/** Why keys are gone that the app did not delete, as far as the trace tells. Pure. */
import type { Fault } from './faults.ts';
import type { TraceEvent } from './trace.ts';

/**
 * Returns how keys were lost, by the `seq` of the event that tells: "evicted", "lost in the crash", "deleted from outside or
 * evicted". Only a server of the sandbox's own can be filled or crash, and nobody else has access to it.
 */
export function lossesIn(events: readonly TraceEvent[]): Map<number, string> {
  const losses = new Map<number, string>();
  let lastFault: Fault['is'] | null = null;
  /** Losses since the last fault: evictions are noticed while the other program still writes. */
  let sinceFault: { seq: number; step: number | null }[] = [];
  for (const event of events) {
    if (event.type === 'fault') {
      lastFault = event.fault.is;
      if (lastFault === 'filled') {
        for (const { seq, step } of sinceFault) if (step === event.step) losses.set(seq, 'evicted');
      }
      sinceFault = [];
    }
    if (event.type !== 'key' || event.change !== 'deleted') continue;
    const { seq, cause } = event;
    if (cause.by === 'eviction') losses.set(seq, 'evicted');
    if (cause.by === 'redis-restart') losses.set(seq, 'lost in the restart');
    if (cause.by !== 'outside') continue;
    sinceFault.push(event);
    if (lastFault === 'filled') losses.set(seq, 'evicted');
    else losses.set(seq, lastFault === 'started-empty' ? 'lost in the crash' : 'deleted from outside or evicted');
  }
  return losses;
}
