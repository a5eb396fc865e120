import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { BadRedisUrl, targetFromUrl } from './target.ts';

describe('the address shown to people', () => {
  test.each([
    ['redis://localhost', 'localhost:6379'],
    ['redis://redis.example:6380/', 'redis.example:6380'],
    ['rediss://redis.example:6380/2', 'redis.example:6380 (TLS), database 2'],
    ['REDISS://redis.example', 'redis.example:6379 (TLS)'],
    ['redis://[::1]:7000/0', '[::1]:7000'],
    ['redis://alice:hunter2@redis.example', 'redis.example:6379'],
    ['redis://:hunter2@redis.example/1', 'redis.example:6379, database 1'],
  ])('%s is %s', (url, address) => {
    expect(targetFromUrl(url).address).toBe(address);
  });
});

describe('a malformed REDIS_URL is refused, and the message repeats nothing of it', () => {
  test.each([
    ['not a URL', 'hunter2'],
    ['another protocol', 'http://alice:hunter2@redis.example'],
    ['no protocol', 'redis.example:hunter2'],
    ['no host', 'redis:///hunter2'],
    ['no slashes', 'redis:hunter2:6379'],
    ['a port that is too large', 'redis://:hunter2@redis.example:65536'],
    ['port 0', 'redis://:hunter2@redis.example:0'],
    ['a port that is not a number', 'redis://redis.example:hunter2'],
    ['a database that is not a number', 'redis://redis.example/hunter2'],
    ['a negative database', 'redis://:hunter2@redis.example/-1'],
    ['options of ioredis', 'redis://redis.example?password=hunter2'],
    ['a password with an unescaped #', 'redis://alice:hunter2#@redis.example'],
    ['a password of digits with an unescaped #', 'redis://alice:12#hunter2@redis.example'],
    ['a password with an unescaped ?', 'redis://alice:12?hunter2@redis.example'],
    ['a password with an unescaped /', 'redis://alice:12/hunter2@redis.example'],
    ['a password with an unescaped %', 'redis://alice:hunter2%@redis.example'],
  ])('%s', (_, url) => {
    let refusal: unknown;
    try {
      targetFromUrl(url);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(BadRedisUrl);
    expect(String(refusal)).toMatch(/REDIS_URL (is|has|names)/);
    expect(inspect(refusal, { depth: null, showHidden: true })).not.toMatch(/hunter2|alice/);
  });
});

test('a message of the server is passed on without credentials', () => {
  const target = targetFromUrl('redis://alice:hunter%232@redis.example');
  expect(target.conceal("ERR unknown command 'AUTH', with args beginning with: 'alice' 'hunter#2'")).toBe(
    "ERR unknown command 'AUTH', with args beginning with: '***' '***'",
  );
});

test('logging a target shows no credentials', () => {
  expect(inspect(targetFromUrl('redis://alice:hunter2@redis.example'), { depth: null })).not.toMatch(/hunter2|alice/);
});
