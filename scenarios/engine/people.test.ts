import { describe, expect, test } from 'vitest';
import { accountOf, personOf } from './people.ts';
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

describe('the account of an actor', () => {
  const actor = (label: string, role: ActorRole = 'person'): ActorOutline => ({ name: label, label, role });
  const laptop = actor('Alice’s laptop', 'victim');

  test.each([
    [actor('Alice'), 1],
    [actor('Alice’s phone'), 1],
    [actor('Alice, with two tabs', 'victim'), 1],
    [actor('Mallory’s bot', 'attacker'), 2],
    [actor('Mallory, asking about Alice', 'attacker'), 2],
    [actor('A shared computer', 'victim'), null],
    [actor('Alicia'), null],
    [actor('Alice’s stolen phone', 'attacker'), null],
  ])('$0.label', (someone, account) => {
    expect(accountOf(header, someone, [laptop, someone])).toBe(account);
  });
});
