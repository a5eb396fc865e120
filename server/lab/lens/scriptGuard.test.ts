import { getKeyIndexes } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { get, ways } from '../../../testing/scriptEscapes.ts';
import { watchedClient } from './client.ts';
import { firstIsKey } from './scriptGuard.ts';

describe.each(bothKinds)('a script in a sandbox on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let outside: Redis;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    outside = await stores.connect();
    await outside.set('foreign', 'a secret');
    redis = watchedClient(await stores.connect('sandbox:x:'), 'sandbox:x:', (_, reply) => void reply.catch(() => {}));
    await redis.set('own', 'mine');
    await redis.rpush('list', '1');
  });
  afterAll(() => stores.close());

  const outcome = (script: string) => redis.eval(script, 1, 'own').catch((error: Error) => error.message);

  test.each(Object.entries(ways))('reaches no key of others by %s', async (_, script) => {
    expect(JSON.stringify(await outcome(script))).not.toMatch(/a secret|"foreign"\]/);
    // It has not changed what the next script uses.
    expect(await outcome(`return redis.${get}`)).toContain('The script uses the key "foreign".');
    expect(await outcome("return redis.call('GET', KEYS[1])")).toBe('mine');
    expect(await outside.eval("return string.sub(string.lower('AB'), 1, 1) .. tostring(1)", 0)).toBe('a1');
  });

  test.each([
    ['reads its own key', "return _G.redis.call('GET', KEYS[1])", 'mine'],
    ['compiles more', 'return loadstring("return redis.call(\'GET\', ...)")(KEYS[1])', 'mine'],
    ['is told why text cannot be compiled', 'return ({loadstring("x x")})[2] ~= nil and 1 or 0', 1],
    ['uses the libraries', "return string.rep('ab', #ARGV + 2) .. math.floor(2.5) .. #cjson.encode({1})", 'abab23'],
    ['uses what only Redis has', "return redis.sha1hex('') .. type(redis.log)", /^da39a3ee.{32}function$/],
    ['catches errors', "return redis.pcall('GET', 'foreign').err", /^ERR The script uses the key "foreign"/],
    ['is told of a global that does not exist', 'return nowhere', /nonexistent global variable 'nowhere'/],
    ['must not make globals', 'x = 1', /Attempt to modify a readonly table/],
  ])('%s', async (_, script, expected) => {
    const said = await outcome(script);
    if (expected instanceof RegExp) expect(said).toMatch(expected);
    else expect(said).toBe(expected);
  });
});

test('the commands of which the first argument is the key have no other', () => {
  for (const name of firstIsKey) expect(getKeyIndexes(name, ['a', '1', 'b', '2', 'c', 'd']), name).toEqual([0]);
});
