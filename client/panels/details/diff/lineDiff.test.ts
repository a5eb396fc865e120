import { expect, test } from 'vitest';
import { lineDiff } from './lineDiff.ts';

test('groups shared lines, and puts lines that differ side by side', () => {
  expect(lineDiff(['a', 'x', 'b'], ['a', 'y', 'z', 'b', 'c'])).toEqual([
    { same: true, weak: [0], usual: [0] },
    { same: false, weak: [1], usual: [1, 2] },
    { same: true, weak: [2], usual: [3] },
    { same: false, weak: [], usual: [4] },
  ]);
});

test('contains each line of both texts once, in order', () => {
  const [weak, usual] = ['abcabba'.split(''), 'cbabac'.split('')];
  const blocks = lineDiff(weak, usual);
  expect(blocks.flatMap((block) => block.weak)).toEqual(weak.map((_, index) => index));
  expect(blocks.flatMap((block) => block.usual)).toEqual(usual.map((_, index) => index));
});

test('two empty texts have no blocks', () => {
  expect(lineDiff([], [])).toEqual([]);
});
