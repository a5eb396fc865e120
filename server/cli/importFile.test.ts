import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { importFile } from './importFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const waits = 'await new Promise((done) => setTimeout(done, 3000)); export const is = 1;';

test('a file that is loaded is not waited for any longer, whatever ends later', async () => {
  const ending = new AbortController();
  expect(await importFile(write('quick.mjs', 'export const is = 1;'), ending.signal)).toMatchObject({ is: 1 });
  ending.abort(new Error('later'));
});

test('a file that waits at its top level can be interrupted', async () => {
  const ending = new AbortController();
  const imported = importFile(write('waits.mjs', waits), ending.signal);
  setTimeout(() => ending.abort(new Error('Interrupted (SIGINT).')), 100);
  await expect(imported).rejects.toThrow('Interrupted (SIGINT).');
});

test('a file that waits too long is refused, with the reason', async () => {
  const imported = importFile(write('long.mjs', waits), new AbortController().signal, 200);
  await expect(imported).rejects.toThrow('It is not loaded after 0.2 s: an await at its top level never ends.');
});
