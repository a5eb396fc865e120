import bcrypt from 'bcrypt';
import { expect, test } from 'vitest';
import { createUsers, seedUsers } from './db.ts';

test('a password is stored as a bcrypt hash of the given cost, each with its own salt', async () => {
  const hashes = (await seedUsers(5)).map(({ passwordHash }) => passwordHash);
  for (const hash of hashes) expect(bcrypt.getRounds(hash)).toBe(5);
  expect(new Set(hashes.map((hash) => hash.slice(0, 29))).size).toBe(hashes.length);
});

const people = await seedUsers(4);

test('a user is found by e-mail in upper or lower case, and by nothing that only resembles one', () => {
  const users = createUsers(people);
  expect(users.byEmail('Alice@Shop.Example')).toMatchObject({ id: 1, role: 'customer', disabled: false });
  for (const email of ['alice@shop.example ', '', '__proto__']) expect(users.byEmail(email)).toBeUndefined();
});

test('a new user is a customer with an own id, and an e-mail that is taken adds nobody', () => {
  const users = createUsers(people);
  expect(users.add('Bob@Shop.Example', 'hash')).toEqual({
    ...{
      id: 4,
      email: 'bob@shop.example',
      role: 'customer',
      disabled: false,
      passwordHash: 'hash',
      credentialVersion: 1,
    },
  });
  expect(users.add('ALICE@shop.example', 'hash')).toBeUndefined();
  expect(users.all()).toHaveLength(4);
});

test('a change in one table affects neither another table nor the users that it started with', () => {
  const [one, other] = [createUsers(people), createUsers(people)];
  one.update(1, { role: 'admin', disabled: true });
  expect(one.byId(1)).toMatchObject({ role: 'admin', disabled: true });
  expect(other.byId(1)).toMatchObject({ role: 'customer', disabled: false });
  expect(people[0]!.role).toBe('customer');
});
