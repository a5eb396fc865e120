import { describe, expect, test } from 'vitest';
import { ownerOf, personOf } from './people.ts';
import type { ActorOutline, ActorRole } from './trace.ts';

const header = {
  users: [
    { id: 1, email: 'alice@shop.example' },
    { id: 2, email: 'mallory@shop.example' },
  ],
};

test('a user is called by the e-mail address, and one who registered later by number', () => {
  expect(personOf(header, 1)).toBe('Alice');
  expect(personOf(header, 4)).toBe('user 4');
});

describe('the owner of a browser', () => {
  const actor = (label: string, role: ActorRole = 'person'): ActorOutline => ({ name: label, label, role });
  const laptop = actor('Alice’s laptop', 'victim');

  test.each([
    [actor('Alice'), 'Alice'],
    [actor('Alice’s phone'), 'Alice'],
    [actor('Alice, with two tabs', 'victim'), 'Alice'],
    [actor('Mallory’s bot', 'attacker'), 'Mallory'],
    [actor('Mallory, asking about Alice', 'attacker'), 'Mallory'],
    [actor('Alicia'), 'Alicia'],
    [actor('A shared computer', 'victim'), null],
    [actor('Alice’s stolen phone', 'attacker'), null],
  ])('$0.label', (someone, owner) => {
    expect(ownerOf(someone, [laptop, someone])).toBe(owner);
  });
});
