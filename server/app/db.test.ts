import bcrypt from 'bcrypt';
import { beforeAll, describe, expect, test } from 'vitest';
import { createUsers, seedUsers, type User, type Users } from './db.ts';

test('nobody gets a hash, and nobody is told so at start', () => {
  expect(() => createUsers([])).toThrow('createUsers() got nobody: seed at least one user.');
});

test('a password is kept as a bcrypt hash of the given cost, salted for each', async () => {
  const hashes = (await seedUsers(5)).map(({ passwordHash }) => passwordHash);
  for (const hash of hashes) expect(bcrypt.getRounds(hash)).toBe(5);
  expect(new Set(hashes.map((hash) => hash.slice(0, 29))).size).toBe(hashes.length);
});

describe('verifying', () => {
  let users: Users;
  beforeAll(async () => {
    users = createUsers(await seedUsers(4));
  });

  test('finds the user whose e-mail and password these are', async () => {
    expect(await users.verify('Alice@shop.example', 'rabbit-hole-7')).toMatchObject({ id: 1 });
  });

  test.each([
    ['another’s password', 'alice@shop.example', 'crow-bar-13'],
    ['another case', 'alice@shop.example', 'Rabbit-Hole-7'],
    ['a space after it', 'alice@shop.example', 'rabbit-hole-7 '],
    ['a NUL and more after it', 'alice@shop.example', 'rabbit-hole-7\0x'],
    ['nothing', 'alice@shop.example', ''],
    ['ten thousand characters', 'alice@shop.example', 'rabbit-hole-7'.padEnd(10_000, 'x')],
    ['the hash of nobody', 'nobody@shop.example', '.'.repeat(31)],
    ['nothing, by nobody', '', ''],
    ['the name of what every object has', '__proto__', 'rabbit-hole-7'],
  ])('refuses %s', async (_, email, password) => {
    expect(await users.verify(email, password)).toBeUndefined();
  });

  test('compares the first 72 bytes only, as bcrypt does: what follows in a long password protects nobody', async () => {
    const long = 'p'.repeat(72);
    const somebody: User = {
      id: 9,
      email: 'long@shop.example',
      role: 'customer',
      passwordHash: await bcrypt.hash(`${long}-and-a-secret-end`, 4),
    };
    const { verify } = createUsers([somebody]);
    expect(await verify(somebody.email, `${long}-and-another-end`)).toBe(somebody);
    expect(await verify(somebody.email, long.slice(1))).toBeUndefined();
  });
});

test('an unknown e-mail takes as long as a wrong password, so that time does not tell who has an account', async () => {
  const users = createUsers(await seedUsers(8));
  // Alternating, so that whatever else the machine does hits both; and medians, so that single hiccups count for nothing.
  const ratioOfMedians = async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 15; round++) {
      times.known.push(await msOf(users.verify('alice@shop.example', 'wrong')));
      times.unknown.push(await msOf(users.verify('nobody@shop.example', 'wrong')));
    }
    return median(times.unknown) / median(times.known);
  };
  // Without a dummy hash, or with an invalid one, the ratio is 0.02 each time; a busy machine is busy only sometimes.
  const ratios: number[] = [];
  do ratios.push(await ratioOfMedians());
  while (ratios.length < 5 && !isCloseToOne(ratios.at(-1)!));
  expect(ratios.at(-1)).toBeGreaterThan(0.85);
  expect(ratios.at(-1)).toBeLessThan(1.18);
});

const isCloseToOne = (ratio: number) => ratio > 0.85 && ratio < 1.18;

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

async function msOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}
