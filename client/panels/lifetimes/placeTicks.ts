/** Px of the number of a step, with a gap. */
const tickWidth = 20;

/**
 * Moves the numbers of the steps apart where they would overlap, as little as possible and in their order. Where there is not enough
 * room for all, they share it evenly. Pure.
 *
 * @param xs where the steps start, in px, from left to right
 * @param width the px that there are
 */
export function placeTicks(xs: readonly number[], width: number): number[] {
  const room = Math.min(tickWidth, width / xs.length);
  const places: number[] = [];
  for (const x of xs) places.push(Math.max(x, (places.at(-1) ?? -room) + room));
  let limit = width - room / 2;
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index]!, limit);
    limit = places[index]! - room;
  }
  return places;
}
