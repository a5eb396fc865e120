/** From when to when the faults of the store last. Pure. */
import type { Fault } from './faults.ts';
import type { TraceEvent } from './trace.ts';

/** A fault of the store that lasts until another event ends it. */
export type LastingFault = Extract<Fault, { is: keyof typeof endedBy }>;

const endedBy = {
  slow: ['fast-again', 'connected-again'],
  held: ['released', 'connected-again'],
  disconnected: ['connected-again'],
  frozen: ['thawed', 'connected-again'],
  crashed: ['started-empty'],
} satisfies Partial<Record<Fault['is'], Fault['is'][]>>;

export interface FaultSpan {
  fault: LastingFault;
  /** The `seq` of the events that begin and end it; infinite while it lasts. */
  from: number;
  to: number;
}

/** Returns the lasting faults of the store, oldest first. The same kind of fault again replaces the one before. */
export function faultSpans(events: readonly TraceEvent[]): FaultSpan[] {
  const spans: FaultSpan[] = [];
  for (const event of events) {
    if (event.type === 'ended') endAll(() => true, event.seq);
    if (event.type !== 'fault') continue;
    const { fault } = event;
    endAll(({ is }) => is === fault.is || (endedBy[is] as Fault['is'][]).includes(fault.is), event.seq);
    if (isLasting(fault)) spans.push({ fault, from: event.seq, to: Number.POSITIVE_INFINITY });
  }
  return spans;

  function endAll(ends: (fault: LastingFault) => boolean, seq: number): void {
    for (const span of spans) if (ends(span.fault)) span.to = Math.min(span.to, seq);
  }
}

/** Whether a fault is the good news that an earlier one is over. */
export const endsAFault = ({ is }: Fault): boolean =>
  is === 'payments-released' ||
  (is !== 'started-empty' && Object.values(endedBy).some((ends: Fault['is'][]) => ends.includes(is)));

/** Whether something only comes late, so that a step can show what happens meanwhile. Neither this nor its end is good or bad. */
export const isStaged = ({ is }: Fault): boolean => staged.includes(is);

const staged: readonly Fault['is'][] = ['slow', 'fast-again', 'held', 'released', 'payments-held', 'payments-released'];

const isLasting = (fault: Fault): fault is LastingFault => fault.is in endedBy;

/** Returns the faults of the store that last after these events. */
export const ongoingFaults = (events: readonly TraceEvent[]): LastingFault[] =>
  faultSpans(events).flatMap(({ fault, to }) => (to === Number.POSITIVE_INFINITY ? [fault] : []));

/** Returns the `seq` of each event that says only what a fault says: that Redis is lost while the fault lasts, and that it is back after it. */
export function toldByFaults(events: readonly TraceEvent[]): Set<number> {
  const spans = faultSpans(events);
  const told = new Set<number>();
  let lostByFault = false;
  for (const event of events) {
    if (event.type !== 'store' || event.status === 'slow' || event.status === 'quick') continue;
    if (event.status === 'lost') lostByFault = spans.some(({ from, to }) => from < event.seq && event.seq <= to);
    if (lostByFault) told.add(event.seq);
  }
  return told;
}
