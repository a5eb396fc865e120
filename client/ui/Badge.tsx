import type { ActorOutline } from '../../scenarios/engine/trace.ts';
import './Badge.css';

interface Props {
  actor: ActorOutline;
  /** All actors: an actor's color depends on its place among them. */
  actors: readonly ActorOutline[];
}

/** An actor's initials in the actor's color. */
export function Badge({ actor, actors }: Props) {
  const color = actorColor(actor, actors);
  // "Bob, the next visitor" is Bob.
  const initials = actor.label
    .replace(/,.*$/, '')
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase());
  return (
    <span
      className="badge"
      style={{ color: `var(--actor-${color})`, background: `var(--actor-${color}-soft)` }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}

const peopleColors = 3;

/**
 * Returns the end of the name of an actor's CSS variable `--actor-…`: "attacker", "person-2". It is the role; several people
 * take turns with three colors.
 */
export function actorColor(actor: ActorOutline, actors: readonly ActorOutline[]): string {
  if (actor.role !== 'person') return actor.role;
  const people = actors.filter(({ role }) => role === 'person');
  return `person-${(people.findIndex(({ name }) => name === actor.name) % peopleColors) + 1}`;
}
