import type { Cast } from './cast.ts';
import { expectedOn, type Scenario } from './scenario.ts';
import type { AskAnswered, StepEnded, StepStarted, StoreKind, Variant } from './trace.ts';

type Told<Event> = Omit<Event, 'seq' | 'at'>;

/** Where a scenario is played: who plays it, against which variant on which store, and who writes it down. */
export interface Stage {
  readonly variant: Variant;
  readonly store: StoreKind;
  readonly cast: Cast<string, string>;
  /** Real milliseconds, for how long a step took. */
  readonly stopwatch: () => number;
  /** Resolves when everything that happened so far is written down. */
  settled(): Promise<void>;
  record(event: Told<StepStarted> | Told<StepEnded> | Told<AskAnswered>): void;
}

export interface StepResult {
  /** null where the step asks nothing, or failed before it could ask. */
  holds: boolean | null;
  error: Error | null;
}

/**
 * Play one step: act, then ask. What goes wrong in it is not thrown: it is in the trace and in the result, because a step that
 * failed is something to look at, too.
 * @throws RangeError when there is no such step
 */
export async function playStep(scenario: Scenario, index: number, stage: Stage): Promise<StepResult> {
  const step = scenario.steps[index];
  if (!step)
    throw new RangeError(`"${scenario.slug}" has ${scenario.steps.length} steps; there is no step ${index + 1}.`);
  const started = stage.stopwatch();
  stage.record({ type: 'step-started', step: index });
  let holds: boolean | null = null;
  let error: Error | null = null;
  try {
    await step.act(stage.cast);
    await stage.settled();
    if (step.ask) {
      const expected = expectedOn(step.ask[stage.variant], stage.store);
      const actual = await step.ask.answer(stage.cast);
      holds = Object.is(actual, expected);
      stage.record({ type: 'ask', step: index, expected, actual, holds });
    }
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  await stage.settled();
  const ms = stage.stopwatch() - started;
  stage.record({ type: 'step-ended', step: index, ms, error: error?.message ?? null });
  return { holds, error };
}
