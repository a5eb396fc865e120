import { expect, test } from 'vitest';
import { idleText, inOrderOfNeed, isStuck, type Person } from './peopleRows.ts';

const person = (handle: string, idle: number | null, here = true): Person => ({
  ...{ handle, here, ready: false, answered: false },
  own: idle === null ? null : { scenario: 'first-login', variant: 'vulnerable', played: 2, steps: 5, idle },
});

test('those who wait longest in a run of their own come first, then those who follow, then those who are away', () => {
  const people = [person('a', null), person('b', 60_000), person('c', 900_000, false), person('d', 240_000)];
  expect(inOrderOfNeed(people).map(({ handle }) => handle)).toEqual(['d', 'b', 'a', 'c']);
});

test('who has not moved for minutes is stuck, but not who has reached the end or is away', () => {
  const done = person('a', 240_000);
  expect([isStuck(done), isStuck(person('b', 60_000)), isStuck(person('c', 240_000, false))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(isStuck({ ...done, own: { ...done.own!, played: 5 } })).toBe(false);
  expect([idleText(59_000), idleText(250_000)]).toEqual(['now', '4 min']);
});
