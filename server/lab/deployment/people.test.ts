import bcrypt from 'bcrypt';
import { expect, test } from 'vitest';
import { hashedAtLeast, people } from './people.ts';

test.each([
  ['quicker', 4, 5, 5],
  ['as slow', 5, 5, 5],
  ['slower', 6, 5, 6],
])('given hashes that are %s: users are hashed with at least that cost', async (_, given, least, cost) => {
  const users = await hashedAtLeast(least, await people(given));
  expect(users.map(({ passwordHash }) => bcrypt.getRounds(passwordHash))).toEqual(users.map(() => cost));
  expect(users.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('users whose hashes are slow enough are not hashed again', async () => {
  const users = await people(4);
  expect(await hashedAtLeast(4, users)).toBe(users);
});
