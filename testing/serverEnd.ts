import { expect } from 'vitest';
import { startServerProcess } from './serverProcess.ts';

/** For tests: expects that the server ends by itself, with one sentence that holds no password and no stack trace. */
export async function expectToEnd(env: Record<string, string>, exitCode: number, words: RegExp): Promise<void> {
  const ended = await startServerProcess(env).ended;
  expect(ended).toMatchObject({ code: exitCode, out: '' });
  expect(ended.err).toMatch(/^[^\n]+\n$/);
  expect(ended.err).toMatch(words);
  expect(ended.err).not.toMatch(/hunter2|\bat \S+:\d+|node:|Error:/);
}
