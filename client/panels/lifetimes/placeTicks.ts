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

/**
 * Returns which of the steps get a number, by their index: all of them if there is room, otherwise every second or third one, and
 * always the current one. Pure.
 */
export function numberedTicks(count: number, current: number | null, width: number): number[] {
  // One is left for the current step.
  const most = Math.max(1, Math.floor(width / tickWidth) - 1);
  const all = Array.from({ length: count }, (_, index) => index);
  if (count <= most + 1) return all;
  const distance = Math.ceil(count / most);
  return all.filter((index) => index % distance === 0 || index === current);
}
