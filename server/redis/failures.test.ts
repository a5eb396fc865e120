import { ReplyError } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { commandError, redisFailure } from './failures.ts';

describe('what Redis replied is a refusal, and is quoted:', () => {
  test.each([
    [
      "OOM command not allowed when used memory > 'maxmemory'.",
      /^Redis is full .* It says: OOM command not allowed .*\.$/,
    ],
    ["READONLY You can't write against a read only replica.", /read-only replica/],
    ['MISCONF Redis is configured to save RDB snapshots', /cannot save to its disk/],
    ["NOPERM this user has no permissions to run the 'del' command", /not allowed.*'del'/],
    ['BUSY Redis is busy running a script.', /busy with a script/],
    ['ERR unknown command', /^Redis refuses this\. It says: ERR unknown command\.$/],
  ])('%s', (reply, sentence) => {
    expect(redisFailure(new ReplyError(reply))).toEqual({ kind: 'refused', sentence: expect.stringMatching(sentence) });
    expect(commandError(new ReplyError(reply))).toBe(reply);
  });
});

describe('what came instead of an answer is silence, in words of its own:', () => {
  test.each([
    'Command timed out',
    'Connection is closed.',
    "Stream isn't writeable and enableOfflineQueue options is false",
    'Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest" option for details.',
    "Socket timeout. Expecting data, but didn't receive any in 1200ms.",
  ])('%s', (message) => {
    const failure = redisFailure(new Error(message));
    expect(failure).toMatchObject({ kind: 'silent', sentence: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(failure!.sentence).not.toContain(message);
    expect(commandError(new Error(message))).not.toMatch(/option|retries/);
  });

  test('a broken connection', () => {
    const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
    expect(redisFailure(error)).toMatchObject({ kind: 'silent' });
  });
});

test.each([
  new RangeError('Maximum call stack size exceeded'),
  new TypeError('x is not a function'),
  new Error('The page closed it.'),
  Object.assign(new Error('a file is gone'), { code: 'ENOENT', syscall: 'open' }),
  'Connection is closed.',
  undefined,
])('%s says nothing about Redis', (error) => expect(redisFailure(error)).toBeNull());
