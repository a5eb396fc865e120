import { expect, test } from 'vitest';
import { waysToGetOne } from './errors.ts';

test.each([
  ['linux', 'apt install redis-server'],
  ['darwin', 'brew install redis'],
  ['win32', 'Memurai'],
  ['freebsd', "your system's package"],
] as const)('on %s there are three ways to get a Redis, and one is: %s', (platform, command) => {
  const ways = waysToGetOne(null, 6379, platform);
  expect(ways).toHaveLength(3);
  expect(ways[1]).toContain('docker run --rm -p 127.0.0.1:6379:6379 redis');
  expect(ways[2]).toContain(command);
});

test('when REDIS_URL is set, the other ways start with unsetting it', () => {
  const ways = waysToGetOne('redis.example:6379', 6379, 'linux');
  expect(ways[0]).toBe('Start the Redis at redis.example:6379, or correct REDIS_URL.');
  expect(ways.slice(1).every((way) => way.startsWith('Unset REDIS_URL and '))).toBe(true);
});
