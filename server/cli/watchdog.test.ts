import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const watchdog = new URL('./watchdog.ts', import.meta.url).href;

/** Runs the code in another process with a limit of one second. */
function run(code: string) {
  const script = `const { killWhenBlocked } = await import('${watchdog}'); killWhenBlocked(1000); ${code}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
  return { status, signal, stdout, stderr };
}

test.each([
  ['an endless loop', 'for (;;);'],
  ['an endless chain of promises', 'const again = () => Promise.resolve().then(again); await again();'],
])('%s: the process is killed, with a message', (_, code) => {
  const ended = run(code);
  expect(ended.stderr).toMatch(
    /^The process was blocked for 1 seconds and is killed: a scenario file has an endless loop/,
  );
  expect(ended.status).not.toBe(0);
});

test('a process that waits or is busy for less than the limit continues, and the watchdog does not keep it running', () => {
  const ended = run(`
    await new Promise((done) => setTimeout(done, 1500));
    for (const end = Date.now() + 600; Date.now() < end; );
    console.log('played');
  `);
  expect(ended).toEqual({ status: 0, signal: null, stdout: 'played\n', stderr: '' });
});
