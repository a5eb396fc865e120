import { expect, test } from 'vitest';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import fixation from '../../../scenarios/session-fixation.ts';
import { keep, record } from '../../../testing/commandLine.ts';
import { jsonReporter } from './json.ts';

async function report(scenario: Scenario, holds: boolean): Promise<unknown> {
  const output = keep();
  const reporter = jsonReporter(output);
  reporter.played(scenario, await record(scenario));
  reporter.finished({ store: 'mock', holds, ms: 812.4, stopped: null });
  return JSON.parse(output.text);
}

test('the report is one document with every ask of every variant', async () => {
  const asks = (variant: 'vulnerable' | 'protected') =>
    fixation.steps.flatMap(({ ask }) =>
      ask ? [{ question: ask.question, expected: ask[variant], actual: ask[variant], holds: true }] : [],
    );
  expect(await report(fixation, true)).toEqual({
    redis: 'mock',
    holds: true,
    ms: 812,
    scenarios: [
      {
        slug: 'session-fixation',
        title: fixation.title,
        variants: {
          vulnerable: { holds: true, ms: expect.toSatisfy(Number.isInteger), asks: asks('vulnerable') },
          protected: { holds: true, ms: expect.toSatisfy(Number.isInteger), asks: asks('protected') },
        },
      },
    ],
  });
});

test('a step that fails is reported as an error, and the asks that it prevented do not hold', async () => {
  const steps = fixation.steps.filter((_, index) => index !== 0);
  expect(await report({ ...fixation, steps }, false)).toMatchObject({
    holds: false,
    scenarios: [
      {
        variants: {
          protected: {
            holds: false,
            error: expect.stringMatching(/^Step 1, "Mallory plants.*": Mallory has no cookie "__Host-sid" to plant/),
            asks: steps.flatMap(({ ask }) => (ask ? [{ expected: ask.protected, actual: null, holds: false }] : [])),
          },
        },
      },
    ],
  });
});

test('a run in a real browser names it, and what the virtual one does differently', async () => {
  const [run] = await record(fixation, ['protected']);
  const differs = [{ what: 'the jar of alice', virtual: 'sid', real: 'nothing' }];
  const events = run!.trace.events.map((event) =>
    event.type === 'step-ended' && event.step === 1 ? { ...event, differs } : event,
  );
  const header = { ...run!.trace.header, browser: 'Chromium 156' };
  const output = keep();
  const reporter = jsonReporter(output);
  reporter.played(fixation, [{ ...run!, trace: { ...run!.trace, header, events } }]);
  reporter.finished({ store: 'mock', holds: false, ms: 3, stopped: null });
  expect(JSON.parse(output.text).scenarios[0].variants.protected).toMatchObject({
    browser: 'Chromium 156',
    holds: false,
    differences: [{ step: 2, what: 'the jar of alice', virtual: 'sid', real: 'nothing' }],
  });
});

test('a run that was stopped reports why, and does not hold', () => {
  const output = keep();
  jsonReporter(output).finished({ store: 'real', holds: false, ms: 3, stopped: 'There is no Redis.' });
  expect(JSON.parse(output.text)).toEqual({
    redis: 'real',
    holds: false,
    ms: 3,
    scenarios: [],
    error: 'There is no Redis.',
  });
});

test('a scenario that needs a real Redis is reported as skipped, with the reason', () => {
  const output = keep();
  const reporter = jsonReporter(output);
  reporter.skipped(fixation, 'A mock evicts nothing.');
  reporter.finished({ store: 'mock', holds: false, ms: 1, stopped: null });
  const { slug, title } = fixation;
  expect(JSON.parse(output.text).scenarios).toEqual([{ slug, title, skipped: 'A mock evicts nothing.' }]);
});
