import { expect, test } from 'vitest';
import streams from '../../../scenarios/event-stream-outlives-logout.ts';
import fixation from '../../../scenarios/session-fixation.ts';
import { keep, record } from '../../../testing/commandLine.ts';
import type { Output } from '../reporter.ts';
import { githubReporter } from './github.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { resultsOf } from './results.ts';
import { tapReporter } from './tap.ts';

const [run] = await record(fixation, ['protected']);

test.each([
  [undefined, 'fails', /^Chromium 156 and the virtual browser differ in the jar of alice\. .+ reason is not known\.$/],
  ['it is young', 'holds', null],
])('a difference of a real browser with the reason %j: the step %s', (reason, state, message) => {
  const differs = [{ what: 'the jar of alice', virtual: 'sid', real: 'nothing', ...(reason && { reason }) }];
  const events = run!.trace.events.map((event) =>
    event.type === 'step-ended' && event.step === 1 ? { ...event, differs } : event,
  );
  const header = { ...run!.trace.header, browser: 'Chromium 156' };
  const results = resultsOf({ ...run!, trace: { ...run!.trace, header, events } });
  expect(results[1]).toMatchObject({ state, message: message && expect.stringMatching(message) });
  expect(results[0]).toMatchObject({ state: 'holds', message: null });
});

test('no text of a scenario turns around what a report says', () => {
  const events = run!.trace.events.map((event) =>
    event.type === 'step-ended' && event.step === 0 ? { ...event, error: 'it \u202eskaerb' } : event,
  );
  const { scenario } = run!.trace.header;
  const steps = scenario.steps.map((step, index) => (index === 0 ? { ...step, title: 'Log \u2067in\u2069' } : step));
  const header = { ...run!.trace.header, scenario: { ...scenario, steps } };
  expect(resultsOf({ ...run!, trace: { ...run!.trace, header, events } })[0]).toMatchObject({
    title: 'Log \\u2067in\\u2069',
    message: 'it \\u202eskaerb',
  });
});

test.each([
  ['junit', junitReporter],
  ['tap', tapReporter],
  ['github', (output: Output) => githubReporter(output, { locate: (file) => ({ file, line: null }) })],
  ['markdown', markdownReporter],
] as const)('%s gives the reason of what is skipped, and no other', (_, create) => {
  const output = keep();
  const reporter = create(output);
  reporter.played(fixation, [run!]);
  reporter.skipped(streams, 'It is not played in a real browser.');
  reporter.finished({ store: 'mock', holds: true, ms: 1, stopped: null });
  expect(output.text).toContain('It is not played in a real browser.');
  expect(output.text).not.toMatch(/needs (a )?real Redis/);
});
