/** Who has an account in the app, and which account is an actor's own. Pure. */
import type { ActorOutline, TraceHeader } from './trace.ts';

/** Returns the name of a user as people read it: "Alice" for alice@shop.example, "user 4" for one who registered later. */
export function personOf({ users }: Pick<TraceHeader, 'users'>, userId: number): string {
  const user = users.find(({ id }) => id === userId);
  return user ? nameIn(user.email) : `user ${userId}`;
}

/**
 * Returns the id of the user whose account is the actor's own; null when there is none. "Alice’s phone" and "Alice, with two
 * tabs" are Alice. An attacker who has another actor's name, as "Alice’s stolen phone" beside "Alice’s laptop", is not.
 *
 * @param actors everyone in the trace
 */
export function accountOf(
  { users }: Pick<TraceHeader, 'users'>,
  actor: ActorOutline,
  actors: readonly ActorOutline[],
): number | null {
  const name = firstName(actor);
  const impostor =
    actor.role === 'attacker' && actors.some((other) => other.role !== 'attacker' && firstName(other) === name);
  const user = impostor ? undefined : users.find(({ email }) => nameIn(email) === name);
  return user?.id ?? null;
}

const firstName = ({ label }: ActorOutline) => /^\p{L}+/u.exec(label)?.[0] ?? label;

function nameIn(email: string): string {
  const name = email.split('@')[0]!;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
