import { test } from 'vitest';
import { expectToEnd } from '../testing/serverEnd.ts';

test.each(['-1', '65536', '1e3', ' '])('the server ends with exit code 2 when PORT is "%s"', (port) =>
  expectToEnd({ PORT: port }, 2, /PORT must be a number from 0 to 65535/));

test('the server ends with exit code 2 when HOST has no address', () =>
  expectToEnd({ HOST: 'nowhere.invalid' }, 2, /HOST=nowhere\.invalid is not an address of this machine/));

test('the server ends with exit code 2 when REDIS_URL is not an address', () =>
  expectToEnd({ REDIS_URL: 'hunter2' }, 2, /REDIS_URL/));
