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
  return (
    <span
      className="badge"
      style={{ color: `var(--actor-${color})`, background: `var(--actor-${color}-soft)` }}
      aria-hidden="true"
    >
      {initialsOf(actor, actors)}
    </span>
  );
}

/** Returns one or two letters that no other actor has, if there are any: "A" for Alice, "Al" beside an admin, "AP" of "Alice’s stolen phone". */
export function initialsOf(actor: ActorOutline, actors: readonly ActorOutline[]): string {
  const others = actors.filter(({ name }) => name !== actor.name);
  const own = abbreviations(actor);
  return own.find((short, index) => !others.some((other) => abbreviations(other)[index] === short)) ?? own[0]!;
}

/** The initials of the first two words, those of the first and the last one, and the first two letters. */
function abbreviations({ label }: ActorOutline): string[] {
  // "Bob, the next visitor" is Bob.
  const words = label.replace(/,.*$/, '').split(/\s+/);
  const [first = '', second = ''] = words;
  const initial = (word: string) => word.charAt(0).toUpperCase();
  const last = words.length > 1 ? words.at(-1)! : '';
  return [initial(first) + initial(second), initial(first) + initial(last), initial(first) + first.slice(1, 2)];
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
