/** Numbers that could be the answer as well. Pure. */

/** RFC 9110 section 15: a status code has three digits, the first of which is 1 to 5. */
export const isStatus = (number: number) => number >= 100 && number <= 599;

/** What a shop says to somebody whom it does not know, lets in, or does not allow something. */
const usualStatuses = [401, 200, 403];

/** A success beside another success would be a question about HTTP, so there is at most one. */
export const otherStatuses = (statuses: number[]) =>
  usualStatuses.filter((status) => status >= 300 || statuses.every((one) => one >= 300));

/**
 * What lies between two numbers that are apart; next to one of them, where they are neighbours or the same. Of ten or more, half and
 * twice as much: nobody would tell 400 from 401.
 *
 * @param turn any number; decides whether an only number is the first, second or third of three, which must not tell that it is right
 */
export function neighbours(numbers: number[], turn: number): number[] {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (high - low > 1) return [Math.round((low + high) / 2)];
  if (high > low) return low > 0 && turn % 2 === 0 ? [low - 1] : [high + 1];
  const first = -(turn % 3);
  const small = low < 10;
  return [0, 1, 2]
    .map((place) => place + (small ? Math.max(first, -low) : first))
    .map((away) => (small ? low + away : Math.round(low * 2 ** away)));
}
