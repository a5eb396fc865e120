import { getKeyIndexes } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { watchedClient } from './client.ts';
import { firstIsKey } from './scriptGuard.ts';

const get = "call('GET', 'foreign')";
/** What looks for any `redis` that is not guarded. Each is a script, or what stands before one. */
const ways = {
  'the name redis': `return redis.${get}`,
  'redis.pcall': `return redis.p${get}`,
  _G: `return _G.redis.${get}`,
  'an index of _G': `return _G['redis'].${get}`,
  '_G of _G': `return _G._G.redis.${get}`,
  _ENV: `return _ENV.redis.${get}`,
  rawget: `return rawget(_G, 'redis').${get}`,
  'pairs of _G': `for name, value in pairs(_G) do if name == 'redis' then return value.${get} end end`,
  'next of _G': `for name, value in next, _G do if name == 'redis' then return value.${get} end end`,
  'getfenv of the script': `return getfenv().redis.${get}`,
  'getfenv of a level': `return getfenv(2).redis.${get}`,
  'getfenv of the thread': `return getfenv(0).redis.${get}`,
  'getfenv of a function of Lua': `return getfenv(pcall).redis.${get}`,
  'getfenv of redis.call': `return getfenv(redis.call).redis.${get}`,
  setfenv: `setfenv(0, {redis = redis}) return redis.${get}`,
  loadstring: `return loadstring("return redis.${get}")()`,
  'loadstring in loadstring': `return loadstring([[return loadstring("return redis.${get}")()]])()`,
  'loadstring with an end too many': `return loadstring("end end; return redis.${get}, function() return function()")()`,
  'load with text': `return load("return redis.${get}")()`,
  'load with pieces': `local n = 0 return load(function() n = n + 1 if n == 1 then return "return redis.${get}" end end)()`,
  'bytes of a compiled function': `return loadstring(string.dump(function() return redis.${get} end))()`,
  'the metatable of _G': `return getmetatable(_G).__index(_G, 'redis').${get}`,
  'the metatable of redis': `return getmetatable(redis).__index.${get}`,
  'a metatable for _G': `setmetatable(_G, {__index = function() return 'x' end}) return redis.${get}`,
  'a coroutine': `return coroutine.wrap(function() return _G.redis.${get} end)()`,
  'an error handler': `return ({xpcall(error, function() return _G.redis.${get} end)})[2]`,
  'debug.getupvalue': `return debug.getupvalue(redis.call, 1)`,
  package: `return package.loaded._G.redis.${get}`,
  'string.sub': `string.sub = function() return 'sandbox:x:' end return redis.${get}`,
  'string.lower': `string.lower = function() return 'ping' end return redis.${get}`,
  'string.find': `string.find = function() return 1 end return redis.${get}`,
  'rawset of a library': `rawset(string, 'lower', function() return 'ping' end) return redis.${get}`,
  'the metatable of text': `getmetatable('').__index = function() return 'ping' end return redis.${get}`,
  tostring: `tostring = function() return 'ping' end return redis.${get}`,
  'a name that pretends': `return redis.call(setmetatable({}, {__tostring = function() return 'ping' end}), 'foreign')`,
  'a name between two': `return redis.call('ping echo', 'foreign')`,
  KEYS: `return redis.call('KEYS', '*')`,
  SCAN: `return redis.call('SCAN', '0')`,
  'SORT by a pattern': `return redis.call('SORT', KEYS[1], 'BY', 'nosort', 'GET', 'foreign')`,
  EVAL: `return redis.call('EVAL', 'return redis.${get.replaceAll("'", '"')}', '0')`,
};

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
