import type { Cast } from './cast.ts';
import { claimsIn, untrueClaims } from './claims.ts';
import { asError } from './errors.ts';
import { answer } from './fields.ts';
import { expectedOn, type Scenario } from './scenario.ts';
import { answerRule } from './shape.ts';
import type { AskAnswered, StepEnded, StepStarted, StoreKind, Trace, Untrue, Variant } from './trace.ts';

type Unstamped<Event> = Omit<Event, 'seq' | 'at'>;

/** Where a scenario is played: the variant, the store and the cast, and who records what happens. */
export interface Stage {
  readonly variant: Variant;
  readonly store: StoreKind;
  readonly cast: Cast;
  /** Real milliseconds, to measure how long a step takes. */
  readonly stopwatch: () => number;
  /** Does the work, and rejects when it hangs. Without this, a step that waits for something that never happens never ends. */
  inTime<Result>(work: () => Result | Promise<Result>): Promise<Result>;
  /** Resolves when everything that has happened so far is recorded. */
  settled(): Promise<void>;
  /** What has been recorded so far. */
  readonly trace: Pick<Trace, 'header' | 'events'>;
  record(event: Unstamped<StepStarted> | Unstamped<StepEnded> | Unstamped<AskAnswered>): void;
}

export interface StepResult {
  /** null when the step asks nothing, or failed before it could ask. */
  holds: boolean | null;
  /** What its narration claims and the trace contradicts. */
  untrue: Untrue[];
  error: Error | null;
}

/**
 * Plays one step: acts, then asks. An error in the step is not thrown. It is in the trace and in the result, because a failed
 * step can be studied, too.
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
      if (!answer.safeParse(actual).success)
        throw new TypeError(`An answer ${answerRule} This one is ${kindOf(actual)}.`);
      holds = Object.is(actual, expected);
      stage.record({ type: 'ask', step: index, expected, actual, holds });
    }
  } catch (thrown) {
    error = asError(thrown);
  }
  await stage.settled();
  // With a repair, the narration of the fix says what would happen, and the answers say what does.
  const isRepair = stage.trace.header.repair !== undefined;
  const claims = error === null && !isRepair ? claimsIn(step.claims, stage.variant) : [];
  const untrue = untrueClaims(claims, stage.trace, index);
  const ms = stage.stopwatch() - started;
  stage.record({
    type: 'step-ended',
    step: index,
    ms,
    error: error?.message ?? null,
    ...(untrue.length > 0 && { untrue }),
  });
  return { holds, untrue, error };
}

const kindOf = (value: unknown) => (typeof value === 'object' && value !== null ? 'an object' : String(value));
