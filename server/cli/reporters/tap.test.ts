import fc from 'fast-check';
import { expect, test } from 'vitest';
import eviction from '../../../scenarios/eviction-logs-everyone-out.ts';
import { recordAll, reported } from '../../../testing/reported.ts';
import { tapReporter, tapText } from './tap.ts';

const all = await recordAll();
const lines = (text: string) => text.trimEnd().split('\n');

test('a test for each run, planned before, with its steps as a subtest', () => {
  const written = lines(reported(tapReporter, all.slice(0, 2)));
  expect(written.slice(0, 4)).toEqual([
    'TAP version 14',
    '1..4',
    '# Subtest: session-fixation (vulnerable)',
    '    1..5',
  ]);
  expect(written.filter((line) => /^(not )?ok /.test(line))).toEqual([
    'ok 1 - session-fixation (vulnerable)',
    'ok 2 - session-fixation (protected)',
    'ok 3 - wrong-fixation (vulnerable)',
    'not ok 4 - wrong-fixation (protected)',
  ]);
});

test('a step that went wrong has a block of YAML, whose strings nothing can end', () => {
  const written = lines(reported(tapReporter, all.slice(1, 2)));
  const start = written.findIndex((line) => line.startsWith('    not ok 4 - '));
  const [open, message, severity, details, close] = written.slice(start + 1, start + 6);
  expect([open, severity, close]).toEqual(['      ---', '      severity: "fail"', '      ...']);
  expect(JSON.parse(message!.trim().replace('message: ', ''))).toMatch(
    /^Who does the shop think she is\? Expected “<\/failure>/,
  );
  expect(JSON.parse(details!.trim().replace('details: ', ''))).toContain('GET https://shop.example/me');
});

test('the steps after one that failed are not played; a scenario that needs a real Redis is skipped', () => {
  const written = reported(tapReporter, all.slice(2), { skipped: [eviction] });
  expect(written).toMatch(/^ {4}not ok \d - .+ # SKIP an earlier step failed$/m);
  // Planned for both variants of the mock, where it is skipped once.
  expect(lines(written).at(-1)).toBe('ok 3 - eviction-logs-everyone-out # SKIP A mock evicts nothing.');
  expect(lines(written)[1]).toBe('1..3');
});

test('a run that is stopped bails out', () => {
  const written = lines(reported(tapReporter, all.slice(0, 1), { outcome: { stopped: 'Redis\nwas lost.' } }));
  expect(written.at(-1)).toBe('Bail out! Redis was lost.');
});

test('no text starts a directive or a line of its own', () => {
  const unescaped = /(?<!\\)(?:\\\\)*#/;
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[#\\\r\n\u0085\u2028a ]*$/)), (text) => {
      const written = tapText(text);
      expect(written).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
      expect(written).not.toMatch(unescaped);
    }),
  );
});
