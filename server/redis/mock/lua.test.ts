import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

test('the mock’s Lua is the one that ioredis-mock has: a script’s values are of one library', () => {
  const require = createRequire(import.meta.url);
  const ofTheMock = createRequire(require.resolve('ioredis-mock'));
  expect(require.resolve('fengari')).toBe(ofTheMock.resolve('fengari'));
});
