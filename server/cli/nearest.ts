/**
 * The candidate somebody most likely meant, or undefined when none is close: at most a third of its letters differ.
 */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed.toLowerCase(), candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Levenshtein's: the fewest letters to add, drop or exchange that make one word of the other. */
function editDistance(from: string, to: string): number {
  // One row of the table at a time: row[j] is the distance between what was read of `from` and the first j letters of `to`.
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j++) {
      const exchanged = row[j - 1]! + (letter === to[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
