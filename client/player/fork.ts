/** Acting in the past: what was meant there, said of the sandbox in which the same steps were replayed. Pure. */
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

/** A sandbox as far as its names go. */
export interface Names {
  /** What every Redis key of it starts with. */
  namespace: string;
  events: readonly TraceEvent[];
}

/**
 * The action with the names of another sandbox: its namespace, and its session ids in the order in which they appeared, which
 * is the same where the same steps were played.
 */
export function said(action: ManualAction, from: Names, to: Names): ManualAction {
  const [theirs, ours] = [sessionIds(from.events), sessionIds(to.events)];
  const pairs = theirs.flatMap((sid, index): [string, string][] => (ours[index] ? [[sid, ours[index]]] : []));
  const renamed = (text: string) =>
    pairs.reduce(
      (before, [their, our]) => before.replaceAll(their, our),
      text.replaceAll(from.namespace, to.namespace),
    );
  return JSON.parse(JSON.stringify(action), (_, value) => (typeof value === 'string' ? renamed(value) : value));
}
