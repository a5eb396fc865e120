/** For tests: the tests that every scenario must pass, on one kind of Redis. */
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { read } from '../scenarios/engine/read.ts';
import { type Scenario, storesOf } from '../scenarios/engine/scenario.ts';
import type { StoreKind, Trace } from '../scenarios/engine/trace.ts';
import { scenarios } from '../scenarios/index.ts';
import { pageText } from './page/pageText.tsx';
import type { TestRedis } from './redisStores.ts';
import { expectAnswers, playWhole, variants } from './scenarioPlay.ts';

/**
 * Defines the tests.
 *
 * @param redis gives the Redis to play on, and a connection to it that sees every key; asked in the tests
 */
export function testEveryScenario(kind: StoreKind, redis: () => { redis: TestRedis; observer: Redis }): void {
  const traces: Trace[] = [];
  const playable = scenarios.filter((scenario) => storesOf(scenario).includes(kind));
  const runs = playable.flatMap((scenario) => variants.map((variant) => ({ slug: scenario.slug, variant, scenario })));

  // Beside each other, as the command line plays them.
  describe.concurrent('played to its end, every ask gets its answer:', () => {
    test.each(runs)('$slug, $variant', async ({ variant, scenario }) => {
      const { redis: testRedis, observer } = redis();
      const trace = await playWhole(scenario, testRedis, observer, { variant, watched: kind === 'real' });
      expectAnswers(scenario, trace);
      traces.push(trace);
    });
  });

  // Drawing keeps the processor busy, which must not change what a lesson about time measures: all have been played by now.
  describe('the page shows every answer and the lesson:', () => {
    let errors: MockInstance;
    beforeEach(() => {
      errors = vi.spyOn(console, 'error');
    });
    afterEach(() => expect(errors).not.toHaveBeenCalled());

    // One kind of Redis is enough: what the page draws is the trace.
    test.each(runs.filter(({ scenario }) => storesOf(scenario)[0] === kind))('$slug, $variant', ({
      slug,
      variant,
      scenario,
    }) => {
      const trace = traces.find(({ header }) => header.scenario.slug === slug && header.variant === variant);
      expect(trace, 'a trace that was played above').toBeDefined();
      expectPageToShow(scenario, trace!);
    });
  });
}

function expectPageToShow({ steps, notTheFix = [] }: Scenario, trace: Trace): void {
  for (const { index, outline, ask } of read(trace).steps) {
    if (!outline.ask) continue;
    expect(pageText(trace, index + 1)).toContain(`${outline.ask.question}\n${ask?.actual}`);
  }
  const end = pageText(trace, steps.length);
  expect(end).toContain('What to remember');
  expect(end.includes('What does not help')).toBe(notTheFix.length > 0);
}
