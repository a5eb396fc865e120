import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { ownScenario } from '../../testing/commandLine.ts';
import { runAsProcess as run, startProcess } from '../../testing/commandLineRuns.ts';
import { canFillDisk, expectFullDisk, testCommandLine } from '../../testing/commandLineTests.ts';
import { hasSignals } from '../../testing/redisServer.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('as a process', () => testCommandLine(run));

describe('the exit code of the process is', () => {
  test('1 when something fails that no step waits for', async () => {
    const first = 'void Promise.reject(new Error("dropped")); await new Promise((done) => setTimeout(done, 100));';
    const ended = await run([write('dropped.ts', ownScenario({ slug: 'dropped', first })), '--reporter', 'json']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^An error occurred outside of every step: dropped\nNothing of an act may go on after it: await each promise/,
    );
    expect(JSON.parse(ended.stdout)).toMatchObject({ holds: false, error: expect.stringContaining('dropped') });
  });

  test('1 when a scenario file exits with 0 in a step', async () => {
    const content = ownScenario({ slug: 'exits', first: 'process.exit(0);' });
    const ended = await run([write('exits.ts', content)]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^The run is incomplete: a scenario file ended the process\. It did so at .*exits\.ts:\d+:\d+\.\n$/,
    );
  });

  test('1 when a scenario file waits at its top level for what never comes', async () => {
    const ended = await run([write('waits.ts', `await new Promise(() => {});\n${ownScenario({ slug: 'waits' })}`)]);
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('an await at its top level that never ends'),
    });
  });
});

describe('a report that cannot be written is not a success:', () => {
  test('its reader leaves early, as head does: exit code 3, and no stack trace', async () => {
    const { child, written, ended } = startProcess(['--list']);
    child.stdout?.destroy();
    expect((await ended).code).toBe(3);
    expect(written.stderr).toBe('');
  });

  test('its reader leaves while scenarios are played: exit code 3, and no stack trace', async () => {
    const { child, written, ended } = startProcess(['session-fixation']);
    child.stdout?.destroy();
    expect((await ended).code).toBe(3);
    expect(written.stderr).toBe('');
  });

  test.skipIf(!canFillDisk).each([[['--list']], [['--help']], [['session-fixation', '--reporter', 'json']]])(
    'the disk is full, %j: exit code 3 and one sentence',
    expectFullDisk,
  );

  test('an answer that is not the expected one counts more', async () => {
    const file = write('wrong.ts', ownScenario({ slug: 'wrong-and-lost', expected: 'perhaps' }));
    const { child, ended } = startProcess([file]);
    child.stdout?.destroy();
    expect((await ended).code).toBe(1);
  });
});

test('the exit code is 0 of a lesson whose own process is the last thing that is open', async () => {
  const ended = await run(['bcrypt-starves-the-server', '--variant', 'protected', '--reporter=json']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(ended.stdout)).toMatchObject({ holds: true });
});

test('the exit code is 3 when a recipe of the check exits with 0', () => {
  const recipe = write('exits.target.ts', 'process.exit(0);');
  const words = ['--import', 'tsx', fileURLToPath(new URL('./bin.ts', import.meta.url)), 'check', recipe];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: `The recipe ended the process, so the check is not finished. It did so at ${recipe}:1:9.\n`,
  });
});

test.skipIf(!hasSignals)('Ctrl-C pressed twice ends it at once, with 130', async () => {
  // The scenario sees the first one: the handlers of a signal are called in the order in which they were added.
  const first = `
    process.once('SIGINT', () => console.log('pressed once'));
    console.log('waiting');
    await new Promise(() => {});
  `;
  const { child, written, ended } = startProcess([write('stuck2.ts', ownScenario({ slug: 'stuck-twice', first }))]);
  const untilPrinted = (text: string) => vi.waitFor(() => expect(written.stderr).toContain(text), { timeout: 30_000 });
  await untilPrinted('waiting');
  child.kill('SIGINT');
  await untilPrinted('pressed once');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: expect.not.stringContaining('ended the process') });
});

test('the exit code is 1 when a scenario file exits with 0 as it is loaded', async () => {
  const ended = await run([write('loaded.ts', `process.exit(0);${ownScenario({ slug: 'exits' })}`)]);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(`It did so at ${join(folder, 'loaded.ts')}:1:9.`);
});

test('an error in what a scenario file does at the exit keeps the process no longer', async () => {
  const late = "setInterval(() => {}, 1000); process.on('exit', () => { throw new Error('late'); });";
  const { child, ended } = startProcess([write('late.ts', `${late}${ownScenario({ slug: 'late' })}`)]);
  const killed = setTimeout(() => child.kill('SIGKILL'), 20_000);
  expect((await ended).code).toBe(0);
  clearTimeout(killed);
});

// On the mock, too: scripts/readme.full.test.ts.
test('the whole catalogue holds, as a process on a real Redis', async () => {
  const ended = await run(['--reporter', 'json', '--redis', 'real']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { holds, scenarios: played } = JSON.parse(ended.stdout);
  expect(holds).toBe(true);
  expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
}, 180_000);
