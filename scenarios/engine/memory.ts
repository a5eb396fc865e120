/** The session records that the app's processes have in their own memory at a moment. Pure. */
import type { Mark } from './marks.ts';
import type { MemoryUsed, TraceHeader } from './trace.ts';

export interface MemoryView {
  /** Named as in `by` of a response: "app 2". */
  process: string;
  sid: string;
  /** `none`: it looked for the record and has none. `lost`: it had one, and ended. */
  state: 'live' | 'deleted' | 'expired' | 'lost' | 'none';
  /** As JSON; of a record that is gone, the last one. */
  value: string | null;
  /** The value when the step started; null when there was none, or it had expired. */
  before: string | null;
  expiresAt: number | null;
  mark: Mark | null;
  /** The `seq` of the last use. */
  seq: number;
}

/** Returns a record after a process has used it. @param old undefined when it was not used before */
export function memoryAfter(old: MemoryView | undefined, event: MemoryUsed): MemoryView {
  const { process, sid, op, value, expiresAt, seq } = event;
  const before = old?.before ?? null;
  return value === null
    ? { ...gone(old, event), process, sid, before, expiresAt: null, seq }
    : { process, sid, state: 'live', value, before, expiresAt, mark: markOf(old, op), seq };
}

function gone(old: MemoryView | undefined, { op, at }: MemoryUsed): Pick<MemoryView, 'state' | 'value' | 'mark'> {
  if (old?.state !== 'live') return { state: old?.state ?? 'none', value: old?.value ?? null, mark: old?.mark ?? null };
  // MemoryStore keeps an expired record until somebody looks for it.
  const expired = op === 'get' || (old.expiresAt !== null && old.expiresAt <= at);
  const state = expired ? 'expired' : op === 'lost' ? 'lost' : 'deleted';
  return { state, value: old.value, mark: 'removed' };
}

function markOf(old: MemoryView | undefined, op: MemoryUsed['op']): Mark | null {
  if (op === 'get') return old?.mark ?? null;
  return old && old.before !== null ? 'changed' : 'added';
}

/** Removes all marks, because a step starts. That a record was lost stays known: it is why the browser is nobody. */
export const forgetMemoryMarks = (views: readonly MemoryView[], now: number): MemoryView[] =>
  views.map((view) => {
    const expired = view.expiresAt !== null && view.expiresAt <= now;
    if (view.state === 'live') return { ...view, before: expired ? null : view.value, mark: null };
    return { ...view, state: view.state === 'lost' ? 'lost' : 'none', value: null, before: null, mark: null };
  });

/** Returns the names of the app's processes, as `by` of a response has them. */
export const processesOf = ({ processes = ['app'] }: Pick<TraceHeader, 'processes'>): string[] => processes;

/** "process 2"; "the app" when there is only one. */
export function processLabel(header: Pick<TraceHeader, 'processes'>, process: string): string {
  const all = processesOf(header);
  return all.length === 1 ? 'the app' : `process ${all.indexOf(process) + 1}`;
}
