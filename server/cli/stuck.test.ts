import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const stuck = new URL('./stuck.ts', import.meta.url).href;

/** In a process of its own, with a patience of a second. */
function run(code: string) {
  const script = `const { endWhenStuck } = await import('${stuck}'); endWhenStuck(1000); ${code}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
  return { status, signal, stdout, stderr };
}

test.each([
  ['a loop that does not end', 'for (;;);'],
  ['promises that never let anything else run', 'const again = () => Promise.resolve().then(again); await again();'],
])('%s: the process is killed, and says why', (_, code) => {
  const ended = run(code);
  expect(ended.stderr).toMatch(/^For 1 seconds nothing else could run: a scenario file is in a loop/);
  expect(ended.status).not.toBe(0);
});

test('what waits, or is busy for less than that, is left alone, and nothing keeps the process from ending', () => {
  const ended = run(`
    await new Promise((done) => setTimeout(done, 1500));
    for (const end = Date.now() + 600; Date.now() < end; );
    console.log('played');
  `);
  expect(ended).toEqual({ status: 0, signal: null, stdout: 'played\n', stderr: '' });
});
