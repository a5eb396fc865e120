/** Who has an account in the app, and who a browser belongs to. Pure. */
import type { ActorOutline, TraceHeader } from './trace.ts';

/** Returns the name of a user as people read it: "Alice" for alice@shop.example, "user 4" for one who registered later. */
export function personOf({ users }: Pick<TraceHeader, 'users'>, userId: number): string {
  const user = users.find(({ id }) => id === userId);
  return user ? nameIn(user.email) : `user ${userId}`;
}

/**
 * Returns the person a browser belongs to: "Alice" of "Alice’s phone" and of "Alice, with two tabs". Null for a thing of nobody,
 * such as "A shared computer", and for an attacker who has another actor's name: "Alice’s stolen phone" beside "Alice’s laptop".
 *
 * @param actors everyone in the trace
 */
export function ownerOf(actor: ActorOutline, actors: readonly ActorOutline[]): string | null {
  const name = firstWord(actor);
  const isStolen =
    actor.role === 'attacker' && actors.some((other) => other.role !== 'attacker' && firstWord(other) === name);
  return isStolen || /^(An?|The)$/.test(name) ? null : name;
}

const firstWord = ({ label }: ActorOutline) => /^\p{L}+/u.exec(label)?.[0] ?? label;

/** "Alice" for alice@shop.example */
export function nameIn(email: string): string {
  const name = email.split('@')[0]!;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
