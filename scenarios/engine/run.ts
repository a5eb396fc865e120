import type { Cast } from './cast.ts';
import { expectedOn, type Scenario } from './scenario.ts';
import { answerRule, isAnswer } from './shape.ts';
import { asError } from './thrown.ts';
import type { AskAnswered, StepEnded, StepStarted, StoreKind, Variant } from './trace.ts';

type Told<Event> = Omit<Event, 'seq' | 'at'>;

/** Where a scenario is played: who plays it, against which variant on which store, and who writes it down. */
export interface Stage {
  readonly variant: Variant;
  readonly store: StoreKind;
  readonly cast: Cast<string, string>;
  /** Real milliseconds, for how long a step took. */
  readonly stopwatch: () => number;
  /** Does that, and rejects when it comes to no end; nothing else would ever end a step that waits for what never happens. */
  inTime<Result>(work: () => Result | Promise<Result>): Promise<Result>;
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
    await stage.inTime(() => step.act(stage.cast));
    await stage.settled();
    const { ask } = step;
    if (ask) {
      const expected = expectedOn(ask[stage.variant], stage.store);
      const actual = await stage.inTime(() => ask.answer(stage.cast));
      if (!isAnswer(actual)) throw new TypeError(`An answer ${answerRule} This one is ${kindOf(actual)}.`);
      holds = Object.is(actual, expected);
      stage.record({ type: 'ask', step: index, expected, actual, holds });
    }
  } catch (thrown) {
    error = asError(thrown);
  }
  await stage.settled();
  const ms = stage.stopwatch() - started;
  stage.record({ type: 'step-ended', step: index, ms, error: error?.message ?? null });
  return { holds, error };
}

const kindOf = (value: unknown) => (typeof value === 'object' && value !== null ? 'an object' : String(value));
