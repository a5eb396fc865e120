import bcrypt from 'bcrypt';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { alice, closeApps, openApp } from '../../testing/testApp.ts';
import { createMockRedis } from '../redis/mock.ts';
import { createUsers, seedUsers, type User } from './db.ts';
import { createPasswords, fits, TooBusy } from './passwords.ts';

afterEach(() => vi.restoreAllMocks());

const users = createUsers(await seedUsers(4));
const passwords = createPasswords(4);

describe('matching', () => {
  const match = (email: string, password: string) => passwords.match(users.byEmail(email), password);

  test('is true for the user’s own password', async () => {
    expect(await match('Alice@shop.example', 'rabbit-hole-7')).toBe(true);
  });

  test.each([
    ['another user’s password', 'alice@shop.example', 'crow-bar-13'],
    ['the password in other case', 'alice@shop.example', 'Rabbit-Hole-7'],
    ['the password and a space', 'alice@shop.example', 'rabbit-hole-7 '],
    ['the password, a NUL and more', 'alice@shop.example', 'rabbit-hole-7\0x'],
    ['an empty password', 'alice@shop.example', ''],
    ['ten thousand characters', 'alice@shop.example', 'rabbit-hole-7'.padEnd(10_000, 'x')],
    ['the dummy hash', 'nobody@shop.example', '.'.repeat(31)],
    ['an empty e-mail and password', '', ''],
    ['an e-mail that is a property of every object', '__proto__', 'rabbit-hole-7'],
  ])('is false for %s', async (_, email, password) => {
    expect(await match(email, password)).toBe(false);
  });
});

describe('the limit of 72 bytes', () => {
  test.each([
    ['p'.repeat(72), true],
    ['p'.repeat(73), false],
    ['é'.repeat(36), true],
    ['é'.repeat(37), false],
    ['🐇'.repeat(18), true],
    ['🐇'.repeat(19), false],
  ])('%s is within it: %s', (password, does) => {
    expect(fits(password)).toBe(does);
  });

  test('is where bcrypt stops reading, so a longer password never matches', async () => {
    const long = 'p'.repeat(72);
    const passwordHash = await bcrypt.hash(`${long}-and-a-secret-end`, 4);
    const somebody: User = { ...users.byId(1)!, passwordHash };
    expect(await bcrypt.compare(`${long}-and-another-end`, passwordHash)).toBe(true);
    expect(await passwords.match(somebody, `${long}-and-another-end`)).toBe(false);
  });
});

describe('a flood of logins', () => {
  test('runs two hashes at a time, lets eight wait, and refuses the others', async () => {
    const compare: (password: string | Buffer, hash: string) => Promise<boolean> = bcrypt.compare;
    let working = 0;
    let most = 0;
    vi.spyOn(bcrypt, 'compare').mockImplementation(async (password: string | Buffer, hash: string) => {
      working += 1;
      most = Math.max(most, working);
      const matches = await compare(password, hash);
      working -= 1;
      return matches;
    });
    const bounded = createPasswords(6);
    const user = users.byId(1);
    const flood = Array.from({ length: 14 }, () => bounded.match(user, alice.password));
    const settled = await Promise.allSettled(flood);
    expect(settled.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 'fulfilled'),
      ...Array.from({ length: 4 }, () => 'rejected'),
    ]);
    expect(most).toBe(2);
    const refused = settled.at(-1) as PromiseRejectedResult;
    expect(refused.reason).toBeInstanceOf(TooBusy);
    // Later logins are accepted again.
    expect(await bounded.match(user, alice.password)).toBe(true);
  });

  test('makes room for the next login when a hash fails too', async () => {
    const bounded = createPasswords(4);
    vi.spyOn(bcrypt, 'compare').mockImplementation(async () => {
      throw new Error('out of memory');
    });
    const user = users.byId(1);
    for (let tries = 0; tries < 5; tries++) await expect(bounded.match(user, 'x')).rejects.toThrow('out of memory');
    vi.restoreAllMocks();
    expect(await bounded.match(user, alice.password)).toBe(true);
  });

  test('is answered 503 with Retry-After, and does not count as wrong passwords', async () => {
    const redis = createMockRedis();
    const app = await openApp(await redis.connect(''), { cost: 9 });
    const logIn = (number: number) =>
      app.visitor().post('/auth/login', { ...alice, email: `nobody-${number}@shop.example` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => logIn(number)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 401 || status === 503)).toBe(true);
    expect(await app.redis.keys('throttle:account:*')).toHaveLength(answers.length - refused.length);
    expect(refused[0]!.headers.get('retry-after')).toBe('2');
    expect(refused[0]!.json).toEqual({ error: 'Too many logins at once. Try again in a moment.' });
    expect(app.logged).toEqual([]);
    await closeApps();
    await redis.close();
  });
});

test('a hash is outdated when its cost is lower than the current one', () => {
  const user = users.byId(1)!;
  expect([createPasswords(4).outdated(user), createPasswords(5).outdated(user)]).toEqual([false, true]);
});

test('an unknown e-mail takes as long as a wrong password, so the time does not reveal accounts', async () => {
  const slow = createPasswords(8);
  const [known] = await seedUsers(8);
  // The two alternate, so that other load on the machine affects both. Medians ignore single outliers.
  const ratioOfMedians = async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 15; round++) {
      times.known.push(await msOf(slow.match(known, 'wrong')));
      times.unknown.push(await msOf(slow.match(undefined, 'wrong')));
    }
    return median(times.unknown) / median(times.known);
  };
  // Without a dummy hash, or with an invalid one, the ratio is always 0.02. A busy machine disturbs only some rounds.
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
