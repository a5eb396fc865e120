import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownScenario } from '../../testing/commandLine.ts';
import { runAsProcess as run, startProcess } from '../../testing/commandLineRuns.ts';
import { canFillDisk, expectFullDisk, keysAt, untilPlaying } from '../../testing/commandLineTests.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';

// One of each kind that depends on a process: to load what plays a scenario costs more than to play it. The others are in
// main.full.test.ts, and what needs no process in commandLine.test.ts.

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

describe('the exit code of the process is', () => {
  test('0 when everything holds; the report goes to standard output, and what a scenario prints to standard error', async () => {
    const file = write('own.ts', ownScenario({ slug: 'own', first: 'console.log("from the scenario");' }));
    const ended = await run([file, '--variant', 'protected', '--reporter=json']);
    expect(ended).toMatchObject({ code: 0, stderr: 'from the scenario\n' });
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

describe('a report that cannot be written is not a success:', () => {
  test('its reader leaves early, as head does: exit code 3, and no stack trace', async () => {
    const { child, written, ended } = startProcess(['--list']);
    child.stdout?.destroy();
    expect((await ended).code).toBe(3);
    expect(written.stderr).toBe('');
  });

  test.skipIf(!canFillDisk)('the disk is full: exit code 3 and one sentence', () => expectFullDisk(['--list']));
});
