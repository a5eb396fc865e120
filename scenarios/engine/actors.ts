/** Who takes part: the people of the scenario, and whoever joined with a browser of their own. Pure. */
import type { ActorOutline, TraceEvent, TraceHeader } from './trace.ts';

/** The learner, with the browser the learner really has. No scenario has an actor of that name. */
export const you: ActorOutline = { name: 'you', label: 'You', role: 'person' };

/** All who are in the trace, in the order of their lanes: the scenario's actors, then who joined. */
export function actorsIn(header: TraceHeader, events: readonly TraceEvent[]): ActorOutline[] {
  const joined = events.flatMap((event) => (event.type === 'joined' ? [event.actor] : []));
  return [...header.scenario.actors, ...joined];
}

/** The name people read; of somebody unknown, the name as it is. */
export function labelOf(header: TraceHeader, actor: string): string {
  return [...header.scenario.actors, you].find(({ name }) => name === actor)?.label ?? actor;
}
