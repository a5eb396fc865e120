import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ownScenario, testCaller } from '../../testing/commandLine.ts';
import { recordAll, reported } from '../../testing/reported.ts';
import { scenarioProgram } from './program.ts';
import { createReporting } from './reporting.ts';
import { together } from './together.ts';

const top = mkdtempSync(join(tmpdir(), 'session-sandbox-reports-'));
afterAll(() => rmSync(top, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(top, 'report-'));
});
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('several reports at once: one on standard output, the others in files, without drafts', async () => {
  const { caller, written } = testCaller({ folder });
  const words = ['session-fixation', '--reporter', 'tap', '--reporter', 'junit=out.xml', '--reporter', 'json=out.json'];
  expect(await scenarioProgram(words, caller)).toBe(0);
  expect(await written()).toMatchObject({ stdout: expect.stringMatching(/^TAP version 14\n/), stderr: '' });
  expect(read('out.xml')).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
  expect(JSON.parse(read('out.json'))).toMatchObject({ holds: true });
  expect(readdirSync(folder).sort()).toEqual(['out.json', 'out.xml']);
});

test('a file has the whole report when the run is stopped', async () => {
  const { caller } = testCaller({ folder, signal: AbortSignal.abort(new Error('stopped')) });
  expect(await scenarioProgram(['session-fixation', '--reporter', 'json=out.json'], caller)).toBe(1);
  expect(JSON.parse(read('out.json'))).toMatchObject({ holds: false, error: expect.stringContaining('stopped') });
});

test('a file has the whole report when the process exits in the middle', async () => {
  let works: ((why: string) => void)[] = [];
  const onExit = (work: (why: string) => void) => {
    works.push(work);
    return () => {
      works = [];
    };
  };
  const { caller } = testCaller({ folder, onExit });
  let left = '';
  const exits = vi.fn(() => {
    for (const work of works) work('A scenario file ended the process.');
    left ||= read('out.json');
  });
  vi.stubGlobal('exitOfTheTest', exits);
  writeFileSync(join(folder, 'exits.ts'), ownScenario({ slug: 'exits', first: 'exitOfTheTest();' }));
  await scenarioProgram(['./exits.ts', '--reporter', 'json=out.json'], caller);
  expect(exits).toHaveBeenCalled();
  expect(JSON.parse(left)).toMatchObject({ holds: false, error: 'A scenario file ended the process.' });
  expect(works).toEqual([]);
});

describe('a file that cannot be written', () => {
  test.each([
    ['none/out.xml', 'its folder does not exist'],
    ['here', 'one of the files to write is a folder'],
  ])('%s is refused before anything is played: %s', async (file, why) => {
    mkdirSync(join(folder, 'here'));
    const { caller, written } = testCaller({ folder });
    expect(await scenarioProgram(['hsts', '--reporter', `junit=${file}`], caller)).toBe(2);
    expect(await written()).toEqual({
      stdout: '',
      stderr: `--reporter: the file ${file} cannot be written: ${why}.\n`,
    });
  });

  test('at the end: exit code 3, and the others are written', async () => {
    const { caller, written } = testCaller({ folder });
    const choices = [
      { name: 'tap', file: 'out.tap' },
      { name: 'json', file: 'out.json' },
    ] as const;
    const reporting = await createReporting(choices, caller);
    mkdirSync(join(folder, 'out.tap'));
    expect(() => reported(() => reporting, [])).toThrow(
      'The report out.tap cannot be written: one of the files to write is a folder.',
    );
    expect(existsSync(join(folder, 'out.json'))).toBe(true);
    await written();
  });
});

test('the GitHub report is relative to the workspace, at the line of the step, and adds a summary', async () => {
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, 'of an earlier step\n');
  const [, wrong] = await recordAll();
  const environment = { GITHUB_WORKSPACE: '/project', GITHUB_STEP_SUMMARY: summary };
  const { caller, written } = testCaller({ folder, environment });
  const reporting = await createReporting([{ name: 'github', file: null }], caller);
  reported(() => reporting, [wrong!]);
  expect((await written()).stdout).toMatch(/^::error file=scenarios\/wrong-fixation\.ts,title=/);
  expect(readFileSync(summary, 'utf8')).toMatch(/^of an earlier step\n### ❌ Session Sandbox: 1 not as expected\n/);
});

test('a reporter that throws does not keep the others from finishing', () => {
  const finished: string[] = [];
  const one = (name: string) => ({ started() {}, played() {}, skipped() {}, finished: () => void finished.push(name) });
  const broken = {
    ...one('broken'),
    finished: () => {
      throw new Error('full');
    },
  };
  expect(() => together([broken, one('other')]).finished({ store: 'mock', holds: true, ms: 1, stopped: null })).toThrow(
    'full',
  );
  expect(finished).toEqual(['other']);
});
