import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { createUsers, seedUsers, type User } from '../db.ts';
import type { Context } from '../parts.ts';
import { createSeries, forgetDevices, partsOf, takeRememberToken } from './rememberTokens.ts';

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

  const take = (value: string) => takeRememberToken(context, value);

  test('of twenty requests at the same moment, one gets the next token, and none is a theft', async () => {
    const value = await createSeries(context, alice);
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(value)));
    expect(taken.filter((one) => one?.next)).toHaveLength(1);
    expect(taken.every((one) => one?.user.id === 1 && !one.stolen)).toBe(true);
  });

  test('a token that was replaced some time ago is stolen, and so is one before it at once', async () => {
    const first = await createSeries(context, alice);
    const second = (await take(first))!.next!.value;
    expect(await take(second)).toMatchObject({ stolen: false });
    expect(await take(first)).toMatchObject({ user: alice, stolen: true });
    await redis.del(...(await redis.keys('remember-replaced:*')));
    expect(await take(second)).toMatchObject({ user: alice, stolen: true });
  });

  test('everything has a time to live, and nothing is left when all devices are forgotten', async () => {
    const [one, other] = [await createSeries(context, alice), await createSeries(context, alice)];
    await take(one);
    for (const key of await redis.keys('*')) expect(await redis.pttl(key), key).toBeGreaterThan(0);
    await forgetDevices(context, alice.id, partsOf(other).series);
    expect(await take(one)).toBeUndefined();
    expect(await take(other)).toBeDefined();
    await forgetDevices(context, alice.id);
    expect(await redis.keys('*')).toEqual(expect.not.arrayContaining([expect.stringMatching(/^(remember|user):/)]));
  });

  test('a series of other credentials is worthless, and removed', async () => {
    const value = await createSeries(context, alice);
    context.users.update(1, { credentialVersion: 2 });
    expect(await take(value)).toBeUndefined();
    expect(await redis.keys('remember:*')).toEqual([]);
  });
});
