import { describe, expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const secret = 'x'.repeat(32);

describe('the settings of the app', () => {
  test('need only a secret', () => {
    expect(readSettings({ SESSION_SECRET: secret })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      localDevelopment: false,
      publicOrigin: 'https://shop.example',
      trustedProxies: 1,
      redisUrl: 'redis://127.0.0.1:6379',
      bcryptCost: 12,
      secret: [secret],
      frontEnds: [],
      idleMs: 30 * 60_000,
      absoluteMs: 8 * 60 * 60_000,
      recentPasswordMs: 5 * 60_000,
    });
  });

  test('come from the environment, and an empty variable counts as not set', () => {
    const environment = {
      SESSION_SECRET: `${'new'.repeat(11)},${secret}`,
      REDIS_URL: 'rediss://user:password@redis.example:6380/1',
      HOST: '0.0.0.0',
      PORT: '8080',
      PUBLIC_ORIGIN: 'http://hats.example:8443',
      TRUSTED_PROXIES: '2',
      BCRYPT_COST: '',
      SESSION_IDLE_MS: '60000',
      PASSWORD_RECENT_MS: '1000',
      FRONT_END_ORIGINS: 'https://app.shop.example,http://localhost:5173',
    };
    expect(readSettings(environment)).toMatchObject({
      secret: ['new'.repeat(11), secret],
      redisUrl: 'rediss://user:password@redis.example:6380/1',
      host: '0.0.0.0',
      port: 8080,
      publicOrigin: 'http://hats.example:8443',
      trustedProxies: 2,
      bcryptCost: 12,
      frontEnds: ['https://app.shop.example', 'http://localhost:5173'],
      idleMs: 60_000,
      recentPasswordMs: 1000,
    });
  });

  test.each([
    ['SESSION_SECRET', undefined, 'at least 32 random characters'],
    ['SESSION_SECRET', 'short', 'at least 32 random characters'],
    ['SESSION_SECRET', `${secret},short`, 'at least 32 random characters'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '1e3', 'a whole number from 0 to 65535'],
    ['PUBLIC_ORIGIN', 'shop.example', 'a scheme and a host'],
    ['PUBLIC_ORIGIN', 'https://shop.example/', 'without a path'],
    ['PUBLIC_ORIGIN', 'https://shop.example/#', 'without a path'],
    ['PUBLIC_ORIGIN', 'javascript:alert(1)', 'a scheme and a host'],
    ['TRUSTED_PROXIES', 'true', 'a whole number from 1 to 10'],
    ['TRUSTED_PROXIES', '0', 'a whole number from 1 to 10'],
    ['BCRYPT_COST', '9', 'a whole number from 10 to 20'],
    ['REDIS_URL', 'localhost:6379', 'a URL'],
    ['REDIS_URL', 'http://localhost:6379', 'a URL'],
    ['SESSION_IDLE_MS', '30m', 'a whole number of milliseconds'],
    ['SESSION_IDLE_MS', '1800000.5', 'a whole number of milliseconds'],
    ['SESSION_IDLE_MS', '0', 'a whole number of milliseconds'],
    ['SESSION_IDLE_MS', '-1', 'a whole number of milliseconds'],
    ['SESSION_IDLE_MS', '0x10', 'a whole number of milliseconds'],
    ['SESSION_IDLE_MS', 'Infinity', 'a whole number of milliseconds'],
    ['SESSION_ABSOLUTE_MS', '8h', 'a whole number of milliseconds'],
    ['PASSWORD_RECENT_MS', '0', 'a whole number of milliseconds'],
    ['LOCAL_DEVELOPMENT', 'true', 'yes or no'],
    ['FRONT_END_ORIGINS', '*', 'origins such as'],
    ['FRONT_END_ORIGINS', 'null', 'origins such as'],
    ['FRONT_END_ORIGINS', 'app.shop.example', 'origins such as'],
    ['FRONT_END_ORIGINS', 'https://*.shop.example', 'origins such as'],
    ['FRONT_END_ORIGINS', 'https://app.shop.example/', 'origins such as'],
    ['FRONT_END_ORIGINS', 'https://APP.shop.example', 'origins such as'],
    ['FRONT_END_ORIGINS', 'https://app.shop.example:443', 'origins such as'],
    ['FRONT_END_ORIGINS', 'https://app.shop.example, https://admin.shop.example', 'origins such as'],
  ])('are refused when %s is %j', (name, text, rule) => {
    const environment = { SESSION_SECRET: secret, [name]: text };
    expect(() => readSettings(environment)).toThrow(new RegExp(`${rule}.*\n.*at ${name}`));
  });

  test.each(['127.0.0.1', '::1', 'localhost', undefined])('allow local development at %s', (HOST) => {
    const environment = { SESSION_SECRET: secret, LOCAL_DEVELOPMENT: 'yes', HOST, NODE_ENV: 'development' };
    expect(readSettings(environment).localDevelopment).toBe(true);
  });

  test.each([
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '10.0.0.7' },
    { HOST: 'shop.example' },
    { HOST: '127.0.0.1.shop.example' },
    { NODE_ENV: 'production' },
  ])('refuse local development with %j', (server) => {
    const environment = { SESSION_SECRET: secret, LOCAL_DEVELOPMENT: 'yes', ...server };
    expect(() => readSettings(environment)).toThrow(/for one machine alone.*\n.*at LOCAL_DEVELOPMENT/);
  });

  test('are all named when several are wrong', () => {
    const environment = { PORT: 'http', SESSION_IDLE_MS: '30m' };
    expect(() => readSettings(environment)).toThrow(/at PORT\n.*\n.*at SESSION_SECRET\n.*\n.*at SESSION_IDLE_MS/);
  });
});
