import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ownScenario } from '../../testing/commandLine.ts';
import { runAsProcess as run, startProcess } from '../../testing/commandLineRuns.ts';
import { canFillDisk, expectFullDisk, keysAt, untilPlaying } from '../../testing/commandLineTests.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';

// Only what depends on a process, with few processes: to load what plays a scenario costs more than to play it. Everything else is in commandLine.test.ts, and in main.full.test.ts as processes, too.

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-process-'));
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Resolves when the scenario has printed this. */
const untilPrinted = (written: { stderr: string }, text: string) =>
  vi.waitFor(() => expect(written.stderr).toContain(text), { timeout: 30_000 });

describe('the exit code of the process is', () => {
  test('0 when everything holds; the report goes to standard output, and what a scenario prints to standard error', async () => {
    const file = write('own.ts', ownScenario({ slug: 'own', first: 'console.log("from the scenario");' }));
    const ended = await run([file, '--variant', 'protected', '--reporter=json']);
    expect(ended).toMatchObject({ code: 0, stderr: 'from the scenario\n' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ holds: true });
  });

  test('0 of a lesson whose own process is the last thing that is open', async () => {
    const ended = await run(['bcrypt-starves-the-server', '--variant', 'protected', '--reporter=json']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ holds: true });
  });

  test('1 when something fails that no step waits for', async () => {
    const first = 'void Promise.reject(new Error("dropped")); await new Promise((done) => setTimeout(done, 100));';
    const ended = await run([write('dropped.ts', ownScenario({ slug: 'dropped', first })), '--reporter', 'json']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^An error occurred outside of every step: dropped\nAn act must return or await/);
    expect(JSON.parse(ended.stdout)).toMatchObject({ holds: false, error: expect.stringContaining('dropped') });
  });

  test('1 when a scenario file exits with 0 in a step', async () => {
    const content = ownScenario({ slug: 'exits', first: 'process.exit(0);' });
    const ended = await run([write('exits.ts', content)]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe('The run is incomplete: a scenario file ended the process.\n');
  });

  test('3 when a recipe of the check exits with 0', async () => {
    const recipe = write('exits.target.ts', 'process.exit(0);');
    const words = ['--import', 'tsx', fileURLToPath(new URL('./bin.ts', import.meta.url)), 'check', recipe];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: 'The recipe ended the process, so the check is not finished.\n',
    });
  });

  test('2 when the command is wrong', async () => {
    expect(await run(['--variant='])).toMatchObject({ code: 2, stdout: '' });
  });
});

test.skipIf(!hasSignals)('Ctrl-C ends it with 130, and nothing of it is left in Redis', async () => {
  const words = ['idle-timeout', '--redis', 'real', '--real-time'];
  const { child, ended } = startProcess(words, { redisUrl: server.url });
  await untilPlaying(server.url);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: 'Interrupted (SIGINT).\n' });
  expect(await keysAt(server.url)).toEqual([]);
});

test.skipIf(!hasSignals)('Ctrl-C pressed twice ends it at once, with 130', async () => {
  // The scenario sees the first one: the handlers of a signal are called in the order in which they were added.
  const first = `
    process.once('SIGINT', () => console.log('pressed once'));
    console.log('waiting');
    await new Promise(() => {});
  `;
  const { child, written, ended } = startProcess([write('stuck2.ts', ownScenario({ slug: 'stuck-twice', first }))]);
  await untilPrinted(written, 'waiting');
  child.kill('SIGINT');
  await untilPrinted(written, 'pressed once');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: expect.not.stringContaining('ended the process') });
});

describe('a report that cannot be written is not a success:', () => {
  test('its reader leaves early, as head does: exit code 3, and no stack trace', async () => {
    const { child, written, ended } = startProcess(['--list']);
    child.stdout?.destroy();
    expect((await ended).code).toBe(3);
    expect(written.stderr).toBe('');
  });

  test.skipIf(!canFillDisk)('the disk is full: exit code 3 and one sentence', () => expectFullDisk(['--list']));

  test('an answer that is not the expected one counts more', async () => {
    const file = write('wrong.ts', ownScenario({ slug: 'wrong-and-lost', expected: 'perhaps' }));
    const { child, ended } = startProcess([file]);
    child.stdout?.destroy();
    expect((await ended).code).toBe(1);
  });
});
