import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordAll, reported } from '../../../testing/reported.ts';
import { githubReporter, workflowCommand } from './github.ts';

const all = await recordAll();
const locate = (_: string, step: number) => ({ file: 'scenarios/wrong, fixation.ts', line: step + 100 });

test('an error at the line of the step, and nothing for what holds', () => {
  const written = reported((output) => githubReporter(output, { locate }), all.slice(0, 2));
  const [error, summary] = written.trimEnd().split('\n');
  expect(error).toMatch(
    /^::error file=scenarios\/wrong%2C fixation\.ts,line=103,title=wrong-fixation \(protected\)%2C step 4%3A Step /,
  );
  expect(error).toContain('::Who does the shop think she is? Expected “</failure>');
  expect(error).toContain('%0A    request   GET https://shop.example/me (Mallory)%0A');
  expect(summary).toBe('4 runs, 1 fail');
});

test('a step whose line is not found has the file alone, and a scenario without a file neither', () => {
  const written = reported(
    (output) => githubReporter(output, { locate: () => ({ file: 'a.ts', line: null }) }),
    all.slice(1, 2),
  );
  expect(written).toMatch(/^::error file=a\.ts,title=/);
});

test('a run that was stopped is an error', () => {
  const outcome = { stopped: 'There is no Redis.' };
  expect(reported((output) => githubReporter(output, { locate }), [], { outcome })).toMatch(
    /^::error title=Not everything was played::There is no Redis\.\n/,
  );
});

test('no text ends a command, starts another one or adds a property', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...':,%=\r\n a', '%25', '%0A', '%3A') }));
  const codes: Record<string, string> = { '%25': '%', '%0A': '\n', '%0D': '\r', '%2C': ',', '%3A': ':' };
  fc.assert(
    fc.property(texts, texts, (title, message) => {
      const written = workflowCommand('error', { title, line: '3' }, message);
      const [, property = '', data = ''] = /^::error title=([^:,\r\n]*),line=3::([^\r\n]*)$/.exec(written) ?? [];
      expect(property.replace(/%(25|0A|0D|2C|3A)/g, (code) => codes[code]!)).toBe(title);
      // In a message, a colon and a comma stay as they are.
      expect(data.replace(/%(25|0A|0D)/g, (code) => codes[code]!)).toBe(message);
    }),
  );
});
