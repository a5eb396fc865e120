import { describe, test } from 'vitest';
import { hasSignals, startTestServer } from '../testing/redisServer.ts';
import { expectToEnd, expectToStopCleanly } from '../testing/serverEnd.ts';

describe('the server ends with one sentence and', () => {
  test.each(['-1', '65536', '1e3', ' '])('exit code 2 when PORT is "%s"', (port) =>
    expectToEnd({ PORT: port }, 2, /PORT must be a number from 0 to 65535/),
  );

  test('exit code 2 when HOST has no address', () =>
    expectToEnd({ HOST: 'nowhere.invalid' }, 2, /HOST=nowhere\.invalid is not an address of this machine/));

  test('exit code 2 when REDIS_URL is not an address', () => expectToEnd({ REDIS_URL: 'hunter2' }, 2, /REDIS_URL/));

  test('exit code 3 when the password in REDIS_URL is wrong', async () => {
    const redis = await startTestServer({ password: 'right' });
    await expectToEnd({ REDIS_URL: `redis://:hunter2@127.0.0.1:${redis.port}` }, 3, /refuses the user and password/);
    await redis.stop();
  });

  test.skipIf(!hasSignals)('exit code 3 when Redis is frozen', async () => {
    const redis = await startTestServer();
    await redis.freeze();
    await expectToEnd({ REDIS_URL: redis.url }, 3, /does not answer in time/);
    await redis.stop();
  });
});

test.skipIf(!hasSignals)('after SIGTERM it ends its sandboxes, deletes their keys and exits with 0', () =>
  expectToStopCleanly('SIGTERM'),
);
