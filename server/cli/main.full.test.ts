import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { ownScenario } from '../../testing/commandLine.ts';
import { runAsProcess as run, startProcess } from '../../testing/commandLineRuns.ts';
import { canFillDisk, expectFullDisk, testCommandLine } from '../../testing/commandLineTests.ts';

describe('as a process', () => testCommandLine(run));

describe('a report that cannot be written is not a success:', () => {
  test('its reader leaves while scenarios are played: exit code 3, and no stack trace', async () => {
    const { child, written, ended } = startProcess(['session-fixation']);
    child.stdout?.destroy();
    expect((await ended).code).toBe(3);
    expect(written.stderr).toBe('');
  });

  test.skipIf(!canFillDisk).each([[['--help']], [['session-fixation', '--reporter', 'json']]])(
    'the disk is full, %j: exit code 3 and one sentence',
    expectFullDisk,
  );
});

test('the exit code is 1 when a scenario file exits with 0 as it is loaded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-exits-'));
  const file = join(folder, 'exits.ts');
  writeFileSync(file, `process.exit(0);${ownScenario({ slug: 'exits' })}`);
  const ended = await run([file]);
  rmSync(folder, { recursive: true });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toBe('The run is incomplete: a scenario file ended the process.\n');
});

test('an error in what a scenario file does at the exit keeps the process no longer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-exits-'));
  const file = join(folder, 'late.ts');
  const late = "setInterval(() => {}, 1000); process.on('exit', () => { throw new Error('late'); });";
  writeFileSync(file, `${late}${ownScenario({ slug: 'late' })}`);
  const { child, ended } = startProcess([file]);
  const killed = setTimeout(() => child.kill('SIGKILL'), 20_000);
  expect((await ended).code).toBe(0);
  clearTimeout(killed);
  rmSync(folder, { recursive: true });
});

// On the mock, too: scripts/readme.full.test.ts.
test('the whole catalogue holds, as a process on a real Redis', async () => {
  const ended = await run(['--reporter', 'json', '--redis', 'real']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { holds, scenarios: played } = JSON.parse(ended.stdout);
  expect(holds).toBe(true);
  expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
}, 180_000);
