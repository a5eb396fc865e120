import type { ActorOutline } from '../../scenarios/engine/trace.ts';
import { actorColor } from './actorColors.ts';
import './Badge.css';

/** An actor's letter in the actor's colour; two letters where one would not tell them apart. */
export function Badge({ actor, actors }: { actor: ActorOutline; actors: readonly ActorOutline[] }) {
  const color = actorColor(actor, actors);
  return (
    <span
      className="badge"
      style={{ color: `var(--actor-${color})`, background: `var(--actor-${color}-soft)` }}
      aria-hidden="true"
    >
      {initials(actor.label)}
    </span>
  );
}

const initials = (label: string) =>
  label
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
