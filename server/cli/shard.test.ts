import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readShard, shardOf } from './shard.ts';

const anItems = fc.array(fc.nat());
const someParts = fc.integer({ min: 1, max: 20 });

test('the parts are everything, each item once, and each part keeps the order', () => {
  fc.assert(
    fc.property(anItems, someParts, (values, parts) => {
      const items = values.map((value, index) => ({ value, index }));
      const shards = Array.from({ length: parts }, (_, part) => shardOf(items, { part: part + 1, parts }));
      expect(shards.flat().sort((a, b) => a.index - b.index)).toEqual(items);
      for (const shard of shards) expect(shard).toEqual([...shard].sort((a, b) => a.index - b.index));
    }),
  );
});

test('the parts are as long as each other, but for one item', () => {
  fc.assert(
    fc.property(anItems, someParts, (items, parts) => {
      const lengths = Array.from({ length: parts }, (_, part) => shardOf(items, { part: part + 1, parts }).length);
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    }),
  );
});

test('what is written is what is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (part, parts) => {
      expect(readShard(`${part}/${parts}`)).toEqual(part <= parts ? { part, parts } : undefined);
    }),
  );
});
