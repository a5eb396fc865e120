import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { runSideBySide, type Tool } from './sideBySide.ts';

const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tool(name: string, code: string): Tool {
  const script = join(folder, `${name}.mjs`);
  writeFileSync(script, code);
  return { name, script, args: [] };
}

/** Runs the tools and returns the exit code and everything that was printed. */
async function run(...tools: Tool[]) {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => printed.push(text));
  return { code: await runSideBySide(tools, folder), printed };
}

test('the output of a tool is printed when it fails, and not when it succeeds', async () => {
  const { code, printed } = await run(
    tool('good', 'console.log("fine")'),
    tool('bad', 'console.log("line 3 is wrong"); console.error("stopped"); process.exitCode = 7;'),
  );
  expect(code).toBe(7);
  const [good, bad] = printed.sort().reverse();
  expect(good).toMatch(/^good: ok \(\d+\.\d s\)$/);
  expect(bad).toMatch(/^bad: failed with exit code 7 \(\d+\.\d s\)\nline 3 is wrong\nstopped$/);
});

test('the tools run at the same time', async () => {
  // Each of the two waits for the file of the other one.
  const waiting = (own: string, other: string) => `
    import { existsSync, writeFileSync } from 'node:fs';
    writeFileSync('${own}', '');
    const look = () => existsSync('${other}') || setTimeout(look, 10);
    look();
  `;
  expect((await run(tool('one', waiting('a', 'b')), tool('two', waiting('b', 'a')))).code).toBe(0);
});

test('a tool that a signal ends has failed', async () => {
  const { code, printed } = await run(tool('ended', 'process.kill(process.pid)'));
  expect(code).toBe(1);
  expect(printed[0]).toMatch(/^ended: failed/);
});
