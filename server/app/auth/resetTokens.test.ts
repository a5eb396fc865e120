import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { createUsers, seedUsers, type User } from '../db.ts';
import type { Context } from '../parts.ts';
import { createResetToken, takeResetToken } from './resetTokens.ts';

const rows = await seedUsers(4);

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let context: Context;
  let alice: User;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
    const users = createUsers(rows);
    context = { redis, users } as Context;
    alice = users.byId(1)!;
  });

  const take = (token: string) => takeResetToken(context, token);

  test('of twenty requests at the same moment, one takes the token', async () => {
    const token = await createResetToken(context, alice);
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(token)));
    expect(taken.filter((one) => one !== undefined)).toMatchObject([{ user: alice }]);
    expect(await redis.keys('*')).toEqual([]);
  });

  test('a wrong token leaves the valid one', async () => {
    const token = await createResetToken(context, alice);
    for (const wrong of [`${token}x`, '1.guess', token.replace('1.', '2.'), 'NaN.x']) {
      expect(await take(wrong)).toBeUndefined();
    }
    expect(await take(token)).toMatchObject({ user: alice });
  });

  test('a token that is given back is valid for the rest of its time', async () => {
    const token = await createResetToken(context, alice);
    await redis.pexpire('reset:1', 5000);
    await (await take(token))!.giveBack();
    expect(await redis.pttl('reset:1')).toBeLessThanOrEqual(5000);
    expect(await redis.pttl('reset:1')).toBeGreaterThan(0);
    expect(await take(token)).toBeDefined();
  });

  test('a token that is given back does not replace a newer one', async () => {
    const taken = await take(await createResetToken(context, alice));
    const newer = await createResetToken(context, alice);
    await taken!.giveBack();
    expect(await take(newer)).toBeDefined();
  });

  test('nobody’s token is not valid', async () => {
    expect(await take(await createResetToken(context, undefined))).toBeUndefined();
  });
});
