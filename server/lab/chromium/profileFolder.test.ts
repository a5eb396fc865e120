import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const module = new URL('./profileFolder.ts', import.meta.url).href;

/** Runs the code in a process of its own, which ends within the limit, and returns what it printed. */
function run(code: string): string[] {
  const script = `const { createFolder } = await import('${module}'); ${code}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout, stderr, signal } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
  expect([signal, stderr]).toEqual([null, '']);
  return stdout.trim().split('\n');
}

test('two browsers at once: the process goes on, and both folders are gone after its end, whoever listens last', () => {
  const [alive, ...paths] = run(`
    const folders = [createFolder(), createFolder()];
    process.on('exit', () => console.log(folders.map(({ path }) => path).join('\\n')));
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log('alive');
  `);
  expect(alive).toBe('alive');
  expect(paths).toHaveLength(2);
  expect(paths.filter((path) => existsSync(path))).toEqual([]);
});

test('a folder that is deleted leaves no listener, and the other one is deleted at the end', () => {
  const [listeners, path] = run(`
    const before = process.listenerCount('exit');
    const [one, other] = [createFolder(), createFolder()];
    await one.delete();
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(process.listenerCount('exit') - before);
    console.log(other.path);
  `);
  expect(listeners).toBe('1');
  expect(existsSync(path!)).toBe(false);
});
