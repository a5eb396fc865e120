import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownScenario } from '../../testing/commandLine.ts';
import { runAsProcess as run, startProcess } from '../../testing/commandLineRuns.ts';
import { keysAt, untilPlaying } from '../../testing/commandLineTests.ts';
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

test('the exit code is 0 when everything holds; the report goes to standard output, and what a scenario prints to standard error', async () => {
  const file = write(
    'own.ts',
    ownScenario({ slug: 'own', first: 'console.log("from the scenario"); process.stdout.write("directly\\n");' }),
  );
  const ended = await run([file, '--variant', 'protected', '--reporter=json']);
  expect(ended).toMatchObject({ code: 0, stderr: 'from the scenario\ndirectly\n' });
  expect(JSON.parse(ended.stdout)).toMatchObject({ holds: true });
});

test.skipIf(!hasSignals)('Ctrl-C ends it with 130, and nothing of it is left in Redis', async () => {
  const words = ['idle-timeout', '--redis', 'real', '--real-time'];
  const { child, ended } = startProcess(words, { redisUrl: server.url });
  await untilPlaying(server.url);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: 'Interrupted (SIGINT).\n' });
  expect(await keysAt(server.url)).toEqual([]);
});
