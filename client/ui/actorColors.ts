/** Which colour an actor has: by role, and people one after the other. */
import type { ActorOutline } from '../../scenarios/engine/trace.ts';

const peopleColors = 3;

/** The end of the names of the CSS variables `--actor-…` that are this actor's: "attacker", "person-2". */
export function actorColor(actor: ActorOutline, actors: readonly ActorOutline[]): string {
  if (actor.role !== 'person') return actor.role;
  const people = actors.filter(({ role }) => role === 'person');
  return `person-${(people.findIndex(({ name }) => name === actor.name) % peopleColors) + 1}`;
}
