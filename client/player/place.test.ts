import { describe, expect, test } from 'vitest';
import { type Place, parsePlace, searchOf } from './place.ts';

const defaults: Place = { shown: 'vulnerable', store: 'mock', pace: 'jump', step: 0 };

test.each([
  [defaults, 'variant=vulnerable'],
  [{ ...defaults, shown: 'both', step: 3 } as const, 'variant=both&step=3'],
  [
    { shown: 'protected', store: 'real', pace: 'real', step: 5 } as const,
    'variant=protected&redis=real&time=real&step=5',
  ],
])('%j is written as %s and parsed again', (place, search) => {
  expect(searchOf(place)).toBe(search);
  const { place: parsed, complaints } = parsePlace(`?${search}`, 5);
  expect({ ...defaults, ...parsed }).toEqual(place);
  expect(complaints).toEqual([]);
});

test('what an address does not name is left out', () => {
  expect(parsePlace('', 5)).toEqual({ place: {}, complaints: [] });
});

describe('a value that is not possible gets a sentence, and the rest is parsed:', () => {
  test.each([
    ['?variant=safe&step=2', { step: 2 }, 'The link asks for variant “safe”; there is vulnerable, protected, both.'],
    ['?redis=mine', {}, 'The link asks for redis “mine”; there is mock, real.'],
    ['?time=never', {}, 'The link asks for time “never”; there is jump, real.'],
    ['?step=6&variant=both', { shown: 'both' }, 'The link asks for step “6”; this scenario has 5 steps.'],
    ['?step=-1', {}, 'The link asks for step “-1”; this scenario has 5 steps.'],
    ['?step=1e9', {}, 'The link asks for step “1e9”; this scenario has 5 steps.'],
    ['?step=', {}, 'The link asks for step “”; this scenario has 5 steps.'],
  ])('%s', (search, place, sentence) => {
    expect(parsePlace(search, 5)).toEqual({ place, complaints: [sentence] });
  });
});
