import { expect, test } from 'vitest';
import type { Lane } from './arrows.ts';
import { pieces, placeHeads } from './heads.ts';
import { placeLanes } from './layout.ts';

const lane = (label: string, kind: Lane['kind']): Lane => ({ label, kind, tone: '' });
const heads = (people: string[], answerers: string[], width: number) => {
  const lanes = [...people.map((label) => lane(label, 'actor')), ...answerers.map((label) => lane(label, 'answerer'))];
  return placeHeads([...lanes, lane('Redis', 'store')], placeLanes(people.length, answerers.length, width));
};

test.each([
  ['names of one line', ['Mallory', 'Alice'], ['Express'], 42],
  ['names of two lines', ['Alice’s laptop', 'Alice’s phone'], ['Express'], 42],
  ['names of three lines', ['Alice’s laptop', 'Alice’s stolen phone'], ['Express'], 52],
  ['hosts', ['Mallory', 'Alice', 'Bob, in a café'], ['http://shop.example', 'blog.shop.example', 'Express'], 52],
] as const)('%s have the room they need', (_, people, answerers, height) => {
  expect(heads([...people], [...answerers], 600).height).toBe(height);
});

test('no head reaches into its neighbour’s', () => {
  for (const width of [348, 508, 600, 1200]) {
    const { each } = heads(['Mallory', 'Alice', 'Bob'], ['http://shop.example', 'Express'], width);
    for (const [index, { x, width }] of each.entries()) {
      const next = each[index + 1];
      if (next) expect(x + width / 2).toBeLessThan(next.x - next.width / 2);
    }
  }
});

test('a host breaks at its dots', () => {
  expect(pieces('http://shop.example')).toEqual(['http://', 'shop.', 'example']);
  expect(pieces('Bob, in a café')).toEqual(['Bob, ', 'in ', 'a ', 'café']);
});
