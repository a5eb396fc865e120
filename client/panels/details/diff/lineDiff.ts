/** Two texts line by line: what they share, and what one has in the place of what the other has. Pure. */
import { diffArrays } from 'diff';

/** Places of lines in the two texts, counted from 0. */
export type Block =
  | { same: true; weak: number[]; usual: number[] }
  /** Either may be empty: lines that are only on the other side. */
  | { same: false; weak: number[]; usual: number[] };

export function lineDiff(weak: readonly string[], usual: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let [w, u] = [0, 0];
  for (const { value, added, removed } of diffArrays([...weak], [...usual])) {
    const same = !added && !removed;
    const weakLines = added ? [] : value.map(() => w++);
    const usualLines = removed ? [] : value.map(() => u++);
    const last = blocks.at(-1);
    if (!same && last && !last.same) {
      last.weak.push(...weakLines);
      last.usual.push(...usualLines);
    } else {
      blocks.push({ same, weak: weakLines, usual: usualLines });
    }
  }
  return blocks;
}
