import { describe, expect, test } from 'vitest';
import { readLimits, readSettings } from './settings.ts';

const good = { SESSION_IDLE_MS: '1800000', SESSION_ABSOLUTE_MS: '28800000' };

test('the limits become numbers', () => {
  expect(readLimits(good)).toEqual({ idle: 1_800_000, absolute: 28_800_000 });
});

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['a unit', '30m'],
  ['a fraction', '1800000.5'],
  ['zero', '0'],
  ['a negative number', '-1'],
  ['a hexadecimal number', '0x10'],
  ['infinity', 'Infinity'],
])('as a limit, %s is refused with the name of the variable', (_, SESSION_IDLE_MS) => {
  expect(() => readLimits({ ...good, SESSION_IDLE_MS })).toThrow(/It must be .*\n.*SESSION_IDLE_MS/);
});

describe('the settings of the app alone', () => {
  const secret = 'x'.repeat(32);

  test('need only a secret', () => {
    expect(readSettings({ SESSION_SECRET: secret })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      trustedProxies: 1,
      redisUrl: 'redis://127.0.0.1:6379',
      bcryptCost: 12,
      secret: [secret],
      idle: 30 * 60_000,
      absolute: 8 * 60 * 60_000,
      recent: 5 * 60_000,
    });
  });

  test('come from the environment, and an empty variable counts as not set', () => {
    const environment = {
      SESSION_SECRET: `${'new'.repeat(11)},${secret}`,
      REDIS_URL: 'rediss://user:password@redis.example:6380/1',
      HOST: '0.0.0.0',
      PORT: '8080',
      TRUSTED_PROXIES: '2',
      BCRYPT_COST: '',
      SESSION_IDLE_MS: '60000',
      PASSWORD_RECENT_MS: '1000',
    };
    expect(readSettings(environment)).toMatchObject({
      secret: ['new'.repeat(11), secret],
      redisUrl: 'rediss://user:password@redis.example:6380/1',
      host: '0.0.0.0',
      port: 8080,
      trustedProxies: 2,
      bcryptCost: 12,
      idle: 60_000,
      recent: 1000,
    });
  });

  test.each([
    ['SESSION_SECRET', undefined, 'at least 32 random characters'],
    ['SESSION_SECRET', 'short', 'at least 32 random characters'],
    ['SESSION_SECRET', `${secret},short`, 'at least 32 random characters'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '1e3', 'a whole number from 0 to 65535'],
    ['TRUSTED_PROXIES', 'true', 'a whole number from 0 to 10'],
    ['BCRYPT_COST', '9', 'a whole number from 10 to 20'],
    ['REDIS_URL', 'localhost:6379', 'a URL'],
    ['REDIS_URL', 'http://localhost:6379', 'a URL'],
    ['SESSION_ABSOLUTE_MS', '8h', 'a whole number of milliseconds'],
    ['PASSWORD_RECENT_MS', '0', 'a whole number of milliseconds'],
  ])('are refused when %s is %j', (name, text, rule) => {
    const environment = { SESSION_SECRET: secret, [name]: text };
    expect(() => readSettings(environment)).toThrow(new RegExp(`${rule}.*\n.*at ${name}`));
  });

  test('are all named when several are wrong', () => {
    expect(() => readSettings({ PORT: 'http' })).toThrow(/at PORT\n.*\n.*at SESSION_SECRET/);
  });
});
