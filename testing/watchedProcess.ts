/** For tests: a process with the watchdog of the command line. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

const watchdog = new URL('../server/cli/watchdog.ts', import.meta.url).href;

/** Runs the code in another process with a limit of one second. */
export function runWatched(code: string) {
  const script = `const { killWhenBlocked } = await import('${watchdog}'); killWhenBlocked(1000); ${code}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
  return { status, signal, stdout, stderr };
}

export function expectToBeKilled(code: string): void {
  const ended = runWatched(code);
  expect(ended.stderr).toMatch(
    /^The process was blocked for 1 seconds and is killed: a scenario file has an endless loop/,
  );
  expect(ended.status).not.toBe(0);
}
