import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { expectToEndWithItsProcess } from '../../testing/ownRedis.ts';
import { hasSignals } from '../../testing/redisServer.ts';

const temporary = mkdtempSync(join(tmpdir(), 'session-sandbox-test-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const onCtrlC: [what: string, then: string, provoke: (child: ChildProcess) => unknown] = [
  'on Ctrl-C',
  'await new Promise(() => {})',
  // The terminal sends it to the whole process group.
  (child) => process.kill(-child.pid!, 'SIGINT'),
];

describe('it ends with the process that started it,', () => {
  test.concurrent.each([
    ...(hasSignals ? [onCtrlC] : []),
    ['when the process exits', 'await released; process.exit()', release],
    ['when the process has nothing more to do', 'await released; process.stdin.destroy(); redis.disconnect()', release],
  ] as const)('%s', (_, then, provoke) => expectToEndWithItsProcess(then, provoke, temporary));

  test('and leaves no files behind', async () => {
    await expect.poll(() => readdirSync(temporary).filter((name) => name.includes('redis'))).toEqual([]);
  });
});

function release(child: ChildProcess): void {
  child.stdin!.write('go\n');
}
