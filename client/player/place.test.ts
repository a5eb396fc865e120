import { describe, expect, test } from 'vitest';
import { type Place, placeIn, searchOf } from './place.ts';

const usual: Place = { shown: 'vulnerable', store: 'mock', pace: 'jump', step: 0 };

test.each([
  [usual, 'variant=vulnerable'],
  [{ ...usual, shown: 'both', step: 3 } as const, 'variant=both&step=3'],
  [
    { shown: 'protected', store: 'real', pace: 'real', step: 5 } as const,
    'variant=protected&redis=real&time=real&step=5',
  ],
])('%j is said as %s, and understood', (place, search) => {
  expect(searchOf(place)).toBe(search);
  const { place: understood, complaints } = placeIn(`?${search}`, 5);
  expect({ ...usual, ...understood }).toEqual(place);
  expect(complaints).toEqual([]);
});

test('what an address does not say is left open', () => {
  expect(placeIn('', 5)).toEqual({ place: {}, complaints: [] });
});

describe('what cannot be had is told in a sentence, and the rest is understood:', () => {
  test.each([
    ['?variant=safe&step=2', { step: 2 }, 'The link asks for variant “safe”; there is vulnerable, protected, both.'],
    ['?redis=mine', {}, 'The link asks for redis “mine”; there is mock, real.'],
    ['?time=never', {}, 'The link asks for time “never”; there is jump, real.'],
    ['?step=6&variant=both', { shown: 'both' }, 'The link asks for step “6”; this scenario has 5 steps.'],
    ['?step=-1', {}, 'The link asks for step “-1”; this scenario has 5 steps.'],
    ['?step=1e9', {}, 'The link asks for step “1e9”; this scenario has 5 steps.'],
    ['?step=', {}, 'The link asks for step “”; this scenario has 5 steps.'],
  ])('%s', (search, place, sentence) => {
    expect(placeIn(search, 5)).toEqual({ place, complaints: [sentence] });
  });
});
