import { describe, expect, test } from 'vitest';
import type { Lane } from './lanes.ts';
import { placeLanes, spacesIn } from './placeLanes.ts';
import { lineBreaks, placeNames } from './placeNames.ts';

describe.each([1, 2, 3, 6])('with %i actors', (actors) => {
  test.each([348, 640, 1000, 1920])('the lanes go from left to right in %i px, or in the width they need', (width) => {
    const { xs, width: used } = placeLanes(actors, 1, width);
    expect(xs).toHaveLength(actors + 2);
    expect(xs.toSorted((a, b) => a - b)).toEqual(xs);
    expect(used).toBeGreaterThanOrEqual(width);
    expect(xs[0]).toBeGreaterThanOrEqual(20);
    expect(xs.at(-1)).toBeLessThanOrEqual(used - 20);
  });
});

/** The most lanes of a scenario, and those of the others with six or more. */
const manyLanes = [
  ['host-prefix', 3, 4],
  ['secure-and-trust-proxy', 2, 4],
  ['samesite-csrf', 1, 5],
  ['logout-everywhere', 5, 1],
  ['csrf-token', 2, 3],
] as const;

describe.each([
  ['on a phone', 348],
  ['beside the other variant in the presentation size', 368],
  ['beside the other variant', 496],
] as const)('%s', (_, width) => {
  test.each(manyLanes)('all lanes of %s are in sight, Redis too', (_, actors, answerers) => {
    const { xs, width: used } = placeLanes(actors, answerers, width);
    expect(used).toBe(width);
    expect(xs.at(-1)).toBeLessThanOrEqual(width - 20);
    for (const [index, x] of xs.entries()) expect(x - (xs[index - 1] ?? 0)).toBeGreaterThanOrEqual(20);
  });
});

describe('labels stand', () => {
  test('between the lanes, where a command has room in a line', () => {
    const { xs, column } = placeLanes(2, 1, 610);
    expect(column).toBeNull();
    expect(xs.at(-1)! - xs.at(-2)!).toBeGreaterThanOrEqual(222);
  });

  test.each([
    ['two people beside the other variant', 2, 1, 497, 202],
    ['two people beside the other variant on a small laptop', 2, 1, 369, 202],
    ['the most lanes of a scenario there', 3, 4, 369, 78],
  ])('in one column where they have not: %s', (_, actors, answerers, width, least) => {
    const placed = placeLanes(actors, answerers, width);
    const { xs, column } = placed;
    expect(spacesIn(placed)).toEqual([column]);
    expect(column!.left).toBeGreaterThan(xs.at(-1)!);
    expect(column!.room).toBeGreaterThanOrEqual(least);
    expect(column!.left + column!.room).toBeLessThan(width);
  });
});

test('two actors fit on a phone, and six on a small laptop, without scrolling sideways', () => {
  expect(placeLanes(2, 1, 348).width).toBe(348);
  expect(placeLanes(6, 1, 630).width).toBe(630);
});

describe('the names of the lanes', () => {
  const lane = (label: string, kind: Lane['kind']): Lane => ({ label, kind, color: '' });
  const names = (people: readonly string[], answerers: readonly string[], width: number) => {
    const lanes = [
      ...people.map((label) => lane(label, 'actor')),
      ...answerers.map((label) => lane(label, 'answerer')),
    ];
    return placeNames([...lanes, lane('Redis', 'store')], placeLanes(people.length, answerers.length, width));
  };

  test.each([
    ['of one line', ['Mallory', 'Alice'], ['Express'], 42],
    ['of two lines', ['Alice’s laptop', 'Alice’s phone'], ['Express'], 42],
    ['of three lines', ['Alice’s laptop', 'Alice’s stolen phone'], ['Express'], 52],
    ['of hosts', ['Mallory', 'Alice', 'Bob, in a café'], ['http://shop.example', 'blog.shop.example', 'Express'], 44],
  ] as const)('%s get the height they need', (_, people, answerers, height) => {
    expect(names(people, answerers, 600).height).toBe(height);
  });

  test.each([
    [
      ['Mallory', 'Alice', 'Bob'],
      ['http://shop.example', 'Express'],
    ],
    [['Alice’s laptop', 'Alice’s phone', 'Alice’s tablet', 'Alice’s office', 'Mallory'], ['Express']],
  ])('of %j do not overlap', (people, answerers) => {
    for (const width of [348, 508, 600, 1200]) {
      const { boxes, height } = names(people, answerers, width);
      for (const [index, box] of boxes.entries()) {
        const next = boxes.slice(index + 1).find(({ middle }) => middle === box.middle);
        if (next) expect(box.x + box.width / 2).toBeLessThan(next.x - next.width / 2 - 2);
        expect(box.x - box.width / 2).toBeGreaterThanOrEqual(4);
        expect(box.middle).toBeLessThan(height);
      }
    }
  });

  test('stand in two rows by turns where the lanes are close, each with the room of two lanes', () => {
    const { boxes } = names(['Operations', 'Alice'], ['Express'], 369);
    expect(new Set(boxes.map(({ middle }) => middle)).size).toBe(2);
    expect(boxes[1]!.width).toBeLessThan(boxes[2]!.x - boxes[0]!.x);
    expect(boxes[0]!.x + boxes[0]!.width / 2).toBeLessThan(boxes[2]!.x - boxes[2]!.width / 2);
  });

  test('are shortened where the lanes are close, unless two would be the same', () => {
    const texts = (...people: string[]) => names(people, ['blog.shop.example'], 369).boxes.map(({ text }) => text);
    expect(texts('Mallory', 'Bob, in a café')).toEqual(['Mallory', 'Bob', 'blog.shop', 'Redis']);
    expect(texts('Bob, at home', 'Bob, in a café')).toContain('Bob, in a café');
  });

  test('break at spaces and at the dots of a host', () => {
    expect(lineBreaks('http://shop.example')).toEqual(['http://', 'shop.', 'example']);
    expect(lineBreaks('localhost:3001')).toEqual(['localhost', ':3001']);
    expect(lineBreaks('Bob, in a café')).toEqual(['Bob, ', 'in ', 'a ', 'café']);
  });
});
