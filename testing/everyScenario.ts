/** For tests: the tests that every scenario must pass, on one kind of Redis. */
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { read } from '../scenarios/engine/read.ts';
import { type Scenario, storesOf } from '../scenarios/engine/scenario.ts';
import { sentencesIn } from '../scenarios/engine/sentences.ts';
import type { StoreKind, Trace, Variant } from '../scenarios/engine/trace.ts';
import { whoIsWho } from '../scenarios/engine/whoIsWho.ts';
import { verdict } from '../scenarios/engine/whoIsWhoText.ts';
import { scenarios } from '../scenarios/index.ts';
import { diagramWidths, labelsOnLifelines } from './labels.ts';
import { addNeighbors, type Neighbors } from './neighbors.ts';
import { pageText, pictureText, stepsText } from './page/pageText.tsx';
import { upToStep } from './playedScenario.ts';
import { openTestRedis, type TestRedis } from './redisStores.ts';
import { expectRepairs } from './repairs.ts';
import { expectAnswers, playWhole, variants } from './scenarioPlay.ts';
import { sentences } from './whoIsWhoSentences.ts';

/** Scenarios about hashes measure how long an answer takes. A process plays them in turn, so their tests are in one file. */
export const aboutHashes = ({ bcryptCost }: Scenario) => bcryptCost !== undefined;
export const notAboutHashes = (scenario: Scenario) => !aboutHashes(scenario);

/** Returns which scenarios are one half of those that are not about hashes. @param remainder of their number by two */
export const everyOther =
  (remainder: 0 | 1) =>
  (scenario: Scenario): boolean =>
    notAboutHashes(scenario) && scenarios.indexOf(scenario) % 2 === remainder;

/** Whether an answer depends on the kind of Redis. */
const knowsDifference = ({ steps }: Scenario) =>
  steps.some(({ ask }) => variants.some((variant) => ask && typeof ask[variant] === 'object'));

/**
 * Whether every run plays it on a real Redis: what differs there, and an eighth of the others. The full tests play the rest. On the mock,
 * every run plays all of them but those that measure hashes.
 */
export const onRealInEveryRun = (scenario: Scenario) =>
  !storesOf(scenario).includes('mock') || knowsDifference(scenario) || scenarios.indexOf(scenario) % 8 === 0;

/** Whether it measures time, so that nothing else may run meanwhile. */
export const isUndisturbed = ({ steps }: Scenario) => steps.some(({ undisturbed }) => undisturbed);

/** Whether every run draws the page of that variant: one of each scenario, and both of what no mock plays. */
const isDrawnInEveryRun = (scenario: Scenario, variant: Variant) =>
  !storesOf(scenario).includes('mock') || variant === variants[scenarios.indexOf(scenario) % variants.length];

/**
 * Defines the tests of the scenarios that are wanted.
 *
 * @param drawsAll whether the page of every trace is drawn, for the full tests
 */
export function testScenarios(kind: StoreKind, isWanted: (scenario: Scenario) => boolean, drawsAll = false): void {
  const playable = scenarios.filter((scenario) => isWanted(scenario) && storesOf(scenario).includes(kind));
  const runs = playable.flatMap((scenario) => variants.map((variant) => ({ slug: scenario.slug, variant, scenario })));
  const traces: Trace[] = [];
  let redis: TestRedis;
  /** Sees every key. */
  let observer: Redis;
  let neighbors: Neighbors | undefined;

  beforeAll(async () => {
    redis = await openTestRedis(kind);
    observer = await redis.connect();
    if (kind === 'real') neighbors = await addNeighbors(await redis.connect());
  });
  afterAll(async () => {
    neighbors?.leave();
    await redis.close();
  });

  // Side by side, as the command line plays them.
  describe.concurrent(`on ${kind} Redis, every ask gets its answer:`, () => {
    test.each(runs)('$slug, $variant', async ({ variant, scenario }) => {
      const trace = await playWhole(scenario, redis, observer, { variant, watched: kind === 'real' });
      traces.push(trace);
      expectAnswers(scenario, trace);
    });
  });

  if (kind === 'real') {
    describe('after all of them, in a Redis that others use too,', () => {
      test('the keys of others and the settings are unchanged', () => neighbors!.expectUnchanged());
      test('no command was about keys of others or about settings', () => neighbors!.expectOnlyOwnKeys(observer));
    });
  }

  // The page draws the trace, whatever Redis it was played on: one kind of Redis is enough.
  const told = runs.filter(({ scenario }) => storesOf(scenario)[0] === kind);
  const traceOf = (slug: string, variant: Variant) =>
    traces.find(({ header }) => header.scenario.slug === slug && header.variant === variant)!;

  // What a scenario says about a repair is shown to learners, so it is held to what happens. repairs.full.test.ts has them all.
  const repairable = told
    .filter(({ variant, scenario }) => variant === 'protected' && scenario.repairs)
    .filter((_, index) => index % 6 === 0);
  if (repairable.length > 0) {
    // Not `describe.concurrent`, which would not wait for the plays above.
    describe('each repair does what its scenario says:', () => {
      const check = ({ slug, scenario }: (typeof repairable)[number]) =>
        expectRepairs(scenario, read(traceOf(slug, 'protected')), redis.redisSwitch);
      test.concurrent.each(repairable.filter(({ scenario }) => !isUndisturbed(scenario)))('$slug', check);
      test.each(repairable.filter(({ scenario }) => isUndisturbed(scenario)))('$slug, alone', check);
    });
  }

  if (told.length > 0) {
    describe('the picture and the sentences agree with the app:', () => {
      test.each(told)('$slug, $variant', ({ slug, variant }) => {
        const trace = traceOf(slug, variant);
        expectPictureToAgree(trace);
        expectSentences(trace);
        expectNews(trace);
        expectPictureToBeDrawn(trace);
      });
      const both = told.filter(({ variant }) => variant === 'protected');
      test.each(both)('$slug, where the answers of its variants differ', ({ slug }) =>
        expectDifferentSentences(traceOf(slug, 'vulnerable'), traceOf(slug, 'protected')),
      );
    });

    // Not while they are played: drawing keeps the processor busy, which would change what some of them measure.
    describe('the page shows every answer and the lesson, and no label on a lifeline:', () => {
      let errors: MockInstance;
      beforeEach(() => {
        errors = vi.spyOn(console, 'error');
      });
      afterEach(() => expect(errors).not.toHaveBeenCalled());

      const drawn = told.filter(({ scenario, variant }) => drawsAll || isDrawnInEveryRun(scenario, variant));
      test.each(drawn)('$slug, $variant', ({ slug, variant, scenario }) => {
        const trace = traceOf(slug, variant);
        expectPageToShow(scenario, trace);
        const labels = labelsOnLifelines(
          trace,
          diagramWidths.map(([, width]) => width),
        );
        for (const [index, [where]] of diagramWidths.entries()) expect(labels[index], where).toEqual([]);
      });
    });
  }
}

/** Where a step asks who the app thinks somebody is, the picture of who is who says the same as the app. */
function expectPictureToAgree(trace: Trace): void {
  for (const [index, event] of trace.events.entries()) {
    if (event.type !== 'step-ended') continue;
    const view = read(trace, index + 1);
    const { outline, ask } = view.steps[event.step]!;
    if (!ask || !/who does the shop think/i.test(outline.ask?.question ?? '')) continue;
    const asked = view.exchanges.findLast(({ request }) => request.step === event.step)!.request.actor;
    const browser = whoIsWho(view).browsers.find(({ actor }) => actor.name === asked)!;
    const shown = browser.means?.name.toLowerCase() ?? 'nobody';
    expect(shown, `step ${event.step + 1}`).toBe(String(ask.actual).split('@')[0]);
  }
}

/** The sentence under the picture says what a moment means. */
function expectSentences(trace: Trace): void {
  const { scenario, variant } = trace.header;
  for (const [slug, played, step, tone, text] of sentences) {
    if (slug !== scenario.slug || played !== variant) continue;
    expect(verdict(read(upToStep(trace, step))), `step ${step}`).toMatchObject({ tone, text });
  }
}

/** Where the answers of the variants differ, so do the sentences. An ask has `leads` where nothing else would tell them apart. */
function expectDifferentSentences(one: Trace, other: Trace): void {
  const [sentences, others] = [textsIn(one), textsIn(other)];
  for (const [step, { ask }] of one.header.scenario.steps.entries())
    if (ask && ask.vulnerable !== ask.protected) expect(sentences[step], `step ${step + 1}`).not.toBe(others[step]);
}

/** The sentences under the picture, after each step. */
const textsIn = (trace: Trace) => sentencesIn(trace).map((parts) => parts.map(({ text }) => text).join(' '));

/** What a step did is told: where something was asked for, the sentence is not the same four times in a row. */
function expectNews(trace: Trace): void {
  const told = textsIn(trace);
  const asks = (step: number) => trace.events.some((event) => event.type === 'request' && event.step === step);
  for (const [step, text] of told.entries()) {
    expect(text, `step ${step + 1}`).not.toBe('');
    const repeated = told.slice(step, step + 4);
    if (repeated.length === 4 && repeated.every((one, index) => one === text && asks(step + index)))
      expect.fail(`Steps ${step + 1} to ${step + 4} all say: ${text}`);
  }
}

/** Throws where a list has two elements with the same key, as checkedJsx.ts says. */
function expectPictureToBeDrawn(trace: Trace): void {
  for (const { index } of read(trace).steps) expect(pictureText(trace, index + 1)).not.toBe('');
}

function expectPageToShow({ steps, notTheFix = [] }: Scenario, trace: Trace): void {
  for (const { index, outline, ask } of read(trace).steps) {
    if (!outline.ask) continue;
    expect(stepsText(trace, index + 1)).toContain(`${outline.ask.question}\n${ask?.actual}`);
  }
  const end = pageText(trace, steps.length);
  expect(end).toContain('What to remember');
  expect(end.includes('What does not help')).toBe(notTheFix.length > 0);
}
