/** One part of everything, for one of several machines. */
export interface Shard {
  /** From 1. */
  part: number;
  parts: number;
}

const mostParts = 1000;

export function readShard(text: string): Shard | undefined {
  const [, part = 0, parts = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return part >= 1 && part <= parts && parts <= mostParts ? { part, parts } : undefined;
}

/**
 * Returns the items of that part, in their order. On every machine the result is the same, so that the parts together hold each item
 * once. Neighbors are in different parts, because the lessons of a chapter take about equally long.
 */
export const shardOf = <Item>(items: readonly Item[], { part, parts }: Shard): Item[] =>
  items.filter((_, index) => index % parts === part - 1);
