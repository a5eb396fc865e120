import bcrypt from 'bcrypt';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { alice, closeShops, openShop } from '../../testing/testApp.ts';
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
    ['another’s password', 'alice@shop.example', 'crow-bar-13'],
    ['another case', 'alice@shop.example', 'Rabbit-Hole-7'],
    ['a space after it', 'alice@shop.example', 'rabbit-hole-7 '],
    ['a NUL and more after it', 'alice@shop.example', 'rabbit-hole-7\0x'],
    ['nothing', 'alice@shop.example', ''],
    ['ten thousand characters', 'alice@shop.example', 'rabbit-hole-7'.padEnd(10_000, 'x')],
    ['the hash of nobody', 'nobody@shop.example', '.'.repeat(31)],
    ['nothing, by nobody', '', ''],
    ['the name of what every object has', '__proto__', 'rabbit-hole-7'],
  ])('is false for %s', async (_, email, password) => {
    expect(await match(email, password)).toBe(false);
  });
});

describe('72 bytes', () => {
  test.each([
    ['p'.repeat(72), true],
    ['p'.repeat(73), false],
    ['é'.repeat(36), true],
    ['é'.repeat(37), false],
    ['🐇'.repeat(18), true],
    ['🐇'.repeat(19), false],
  ])('%s fits: %s', (password, does) => {
    expect(fits(password)).toBe(does);
  });

  test('are all bcrypt reads, so a longer password matches nothing: what follows would protect nobody', async () => {
    const long = 'p'.repeat(72);
    const passwordHash = await bcrypt.hash(`${long}-and-a-secret-end`, 4);
    const somebody: User = { id: 9, email: 'long@shop.example', role: 'customer', disabled: false, passwordHash };
    expect(await bcrypt.compare(`${long}-and-another-end`, passwordHash)).toBe(true);
    expect(await passwords.match(somebody, `${long}-and-another-end`)).toBe(false);
  });
});

describe('a flood of logins', () => {
  test('is worked on two at a time, ten are taken in, and the rest is told to come back', async () => {
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
    // Nothing is left behind that would keep later ones out.
    expect(await bounded.match(user, alice.password)).toBe(true);
  });

  test('leaves its place to the next one also when the work fails', async () => {
    const bounded = createPasswords(4);
    vi.spyOn(bcrypt, 'compare').mockImplementation(async () => {
      throw new Error('out of memory');
    });
    const user = users.byId(1);
    for (let tries = 0; tries < 5; tries++) await expect(bounded.match(user, 'x')).rejects.toThrow('out of memory');
    vi.restoreAllMocks();
    expect(await bounded.match(user, alice.password)).toBe(true);
  });

  test('is answered 503 with a time to come back, and not as a wrong password', async () => {
    const redis = createMockRedis();
    const shop = await openShop(await redis.connect(''), { cost: 9 });
    const logIn = (number: number) =>
      shop.visitor().post('/auth/login', { ...alice, email: `nobody-${number}@shop.example` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => logIn(number)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 401 || status === 503)).toBe(true);
    expect(await shop.redis.keys('throttle:account:*')).toHaveLength(answers.length - refused.length);
    expect(refused[0]!.headers.get('retry-after')).toBe('2');
    expect(refused[0]!.json).toEqual({ error: 'Too many logins at once. Try again in a moment.' });
    expect(shop.logged).toEqual([]);
    await closeShops();
    await redis.close();
  });
});

test('a hash of a lower cost is outdated, one of this cost or a higher is not', () => {
  const user = users.byId(1)!;
  expect([createPasswords(4).outdated(user), createPasswords(5).outdated(user)]).toEqual([false, true]);
});

test('an unknown e-mail takes as long as a wrong password, so that time does not tell who has an account', async () => {
  const slow = createPasswords(8);
  const [known] = await seedUsers(8);
  // Alternating, so that whatever else the machine does hits both; and medians, so that single hiccups count for nothing.
  const ratioOfMedians = async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 15; round++) {
      times.known.push(await msOf(slow.match(known, 'wrong')));
      times.unknown.push(await msOf(slow.match(undefined, 'wrong')));
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
