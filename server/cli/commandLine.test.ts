import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { WriteStream } from 'node:tty';
import { describe, expect, test, vi } from 'vitest';
import { testCaller } from '../../testing/commandLine.ts';
import { runHere } from '../../testing/commandLineRuns.ts';
import { testCommandLine } from '../../testing/commandLineTests.ts';
import { scenarioProgram } from './program.ts';

testCommandLine(runHere);

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
