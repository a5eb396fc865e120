/** Who of the room is where, for the driver. Pure. */
import type { DriverView } from '../../../scenarios/engine/workshop.ts';

export type Person = DriverView['participants'][number];

/** Longer than that without a step, somebody may need help. Milliseconds. */
const longMs = 3 * 60_000;

/** Those who are in a run of their own first, the longest idle of them on top; then those who follow; then those who are away. */
export function inOrderOfNeed(people: readonly Person[]): Person[] {
  const rank = ({ own, here }: Person) => (here ? (own ? 0 : 1) : 2);
  return [...people].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (other.own?.idle ?? 0) - (one.own?.idle ?? 0) ||
      one.handle.localeCompare(other.handle, 'en'),
  );
}

export const isStuck = ({ own, here }: Person): boolean =>
  here && own !== null && own.played < own.steps && own.idle >= longMs;

/** "4 min", "now" for less than one. */
export const idleText = (ms: number): string => (ms < 60_000 ? 'now' : `${Math.floor(ms / 60_000)} min`);
