import { describe, expect, test } from 'vitest';
import fixation from '../../scenarios/session-fixation.ts';
import { planOf } from '../../testing/commandLine.ts';
import { progressReporter, progressText } from './progress.ts';
import { showsProgress } from './showsProgress.ts';

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { CI: 'true' }, false],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{}, {}, false],
])('on %j with %j: %s', (stream, environment, expected) => expect(showsProgress(stream, environment)).toBe(expected));

test.each([
  [{ ended: 0, all: 1, failed: 0 }, ['hsts'], '0 of 1 run: hsts'],
  [{ ended: 3, all: 134, failed: 1 }, ['hsts', 'hsts', 'idle-timeout'], '3 of 134 runs, 1 fails: hsts, idle-timeout'],
  [{ ended: 4, all: 4, failed: 2 }, [], '4 of 4 runs, 2 fail'],
])('%j %j: %s', (counted, playing, expected) => expect(progressText(counted, playing)).toBe(expected));

const erased = '\r\u001b[2K';

/** A terminal that understands what is drawn here: erasing a line, and line breaks. */
function aTerminal(columns: number) {
  const lines = [''];
  const write = (text: string) => {
    for (const part of text.replaceAll(erased, '\u2028').split(/(\u2028|\n)/)) {
      if (part === '\n') lines.push('');
      else if (part === '\u2028') lines[lines.length - 1] = '';
      else lines[lines.length - 1] += part;
    }
    return true;
  };
  return { isTTY: true, columns, write, lines };
}

describe('the line', () => {
  test('stays below what is written, and is gone at the end', () => {
    const terminal = aTerminal(80);
    const stdout = { isTTY: true, write: terminal.write };
    const reporter = progressReporter(terminal, [terminal, stdout]);
    reporter.started(planOf([fixation]));
    reporter.playing!(fixation, 'vulnerable');
    stdout.write('a report\n');
    expect(terminal.lines).toEqual(['a report', '0 of 2 runs: session-fixation']);
    reporter.ended!(fixation, 'vulnerable', false);
    expect(terminal.lines.at(-1)).toBe('1 of 2 runs, 1 fails');
    reporter.finished({ store: 'mock', holds: false, ms: 1, stopped: null });
    expect(terminal.lines).toEqual(['a report', '']);
    stdout.write('the end\n');
    expect(terminal.lines).toEqual(['a report', 'the end', '']);
  });

  test('never fills its line, which would make a terminal scroll', () => {
    const terminal = aTerminal(30);
    const reporter = progressReporter(terminal, [terminal]);
    reporter.started(planOf([fixation]));
    for (let run = 0; run < 9; run++) reporter.playing!({ ...fixation, slug: `scenario-${run}` }, 'protected');
    expect(terminal.lines.at(-1)!.length).toBeLessThan(30);
  });
});
