import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { WriteStream } from 'node:tty';
import { describe, expect, test, vi } from 'vitest';
import { ownScenario, testCaller } from '../../testing/commandLine.ts';
import { runHere } from '../../testing/commandLineRuns.ts';
import { testCommandLine } from '../../testing/commandLineTests.ts';
import { Interrupted } from './errors.ts';
import { scenarioProgram } from './program.ts';

testCommandLine(runHere);

test('Ctrl-C ends it with 130 during a step that never ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-stuck-'));
  const file = join(folder, 'stuck.ts');
  writeFileSync(file, ownScenario({ slug: 'stuck', first: 'stepBegins(); await new Promise(() => {});' }));
  const pressed = new AbortController();
  vi.stubGlobal('stepBegins', () => pressed.abort(new Interrupted('SIGINT', constants.signals.SIGINT)));
  const ended = await runHere([file], { signal: pressed.signal });
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
  expect(ended).toMatchObject({ code: 130, stderr: 'Interrupted (SIGINT).\n' });
});

describe('colors', () => {
  /** What makes a stream a terminal. Its colors depend on the variables of the test alone: under `CI`, Node gives a terminal none. */
  const aTerminal = (environment: Record<string, string>) => ({
    isTTY: true,
    getColorDepth: () => WriteStream.prototype.getColorDepth({ TERM: 'xterm-256color', ...environment }),
  });
  const aPipe = () => ({});

  test.each([
    ['a terminal gets them', aTerminal, {}, true],
    ['NO_COLOR keeps them out of a terminal', aTerminal, { NO_COLOR: '1' }, false],
    ['a file or a pipe does not get them', aPipe, {}, false],
    ['FORCE_COLOR puts them into a file or a pipe', aPipe, { FORCE_COLOR: '1' }, true],
  ])('%s', async (_, kind, environment, colored) => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS']) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const stdout = Object.assign(new PassThrough(), kind(environment));
    const written = text(stdout);
    await scenarioProgram(['session-fixation'], testCaller({ stdout }).caller);
    stdout.end();
    expect((await written).includes('\u001b[')).toBe(colored);
    expect(await written).toContain('✓');
  });
});
