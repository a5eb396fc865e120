/** Compares two texts line by line. Pure. */
import { diffArrays } from 'diff';

/** Adjacent lines that both texts share, or that differ: then one side may be empty. Lines are indexes from 0. */
export interface Block {
  same: boolean;
  weak: number[];
  usual: number[];
}

/** Returns the blocks of two texts, in order. */
export function lineDiff(weak: readonly string[], usual: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let [weakIndex, usualIndex] = [0, 0];
  for (const { value, added, removed } of diffArrays([...weak], [...usual])) {
    const same = !added && !removed;
    // A removal and the addition that follows it are one block.
    if (blocks.at(-1)?.same !== same) blocks.push({ same, weak: [], usual: [] });
    if (!added) blocks.at(-1)!.weak.push(...value.map(() => weakIndex++));
    if (!removed) blocks.at(-1)!.usual.push(...value.map(() => usualIndex++));
  }
  return blocks;
}
