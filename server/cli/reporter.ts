/** What a reporter is given and what it implements. Each reporter has a file of its own. */
import { read, type StepView, type View } from '../../scenarios/engine/read.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Answer, AskOutline, Pace, StoreKind, Trace, Variant } from '../../scenarios/engine/trace.ts';

export interface Reporter {
  started(plan: Plan): void;
  /** Called as a run starts, several at a time and in no order. */
  playing?(scenario: Scenario, variant: Variant): void;
  /** Called as a run has ended, in no order. */
  ended?(scenario: Scenario, variant: Variant, holds: boolean): void;
  /** Called in reading order, with the runs of one scenario in the order of the plan's variants. */
  played(scenario: Scenario, runs: readonly Run[]): void;
  /** Called in reading order for a scenario that cannot be played on this store or in this browser, with the reason as sentences. */
  skipped(scenario: Scenario, reason: string): void;
  /** Always called, once and last. `started` was not called if the run failed before. */
  finished(outcome: Outcome): void;
}

/** What is about to be played. */
export interface Plan {
  scenarios: readonly Scenario[];
  variants: readonly Variant[];
  /** The repair that is played in place of the fix; null for none. */
  repair: string | null;
  store: StoreKind;
  /** Where the records are stored, for people; holds no password. */
  address: string;
  pace: Pace;
  /** The real browser that the actors use, as "Chromium 156"; absent for the virtual one. */
  browser?: string;
  /** The bcrypt cost of password hashes: 2^cost rounds. */
  bcryptCost: number;
  /** How often each scenario is played against each variant. */
  repeat: number;
  /** How many runs are played at a time. */
  workers: number;
  /** After how many scenarios that do not hold the rest is not played; null for never. */
  bail: number | null;
  /** Where each scenario is written. */
  files: ReadonlyMap<Scenario, string>;
}

/** One scenario played against one variant; of several repetitions, the one to look at. */
export interface Run {
  variant: Variant;
  /** Without secrets, see redact.ts. */
  trace: Trace;
  /** Real milliseconds, from creating the sandbox to the end of the last step. */
  ms: number;
  /** Only where it was played more than once. */
  repeated?: Repeated;
}

export interface Repeated {
  times: number;
  /** How many had another result than most of them. */
  differ: number;
  /** How many did not hold. */
  fail: number;
}

export interface Outcome {
  store: StoreKind;
  /** Every scenario was played and every ask holds. */
  holds: boolean;
  /** Real milliseconds of the whole command. */
  ms: number;
  /** Why not everything was played, as a sentence; null when everything was. */
  stopped: string | null;
  /** That Redis answered slowly, as a sentence. Only where it did. */
  slow?: string;
}

/** Where a report is written. */
export interface Output {
  write(text: string): void;
  /** The width of a line. */
  columns: number;
  /** Returns the text in that color, or unchanged where there are no colors. */
  paint: Paint;
}

export type Paint = (color: 'bold' | 'dim' | 'green' | 'red', text: string) => string;

/** The result of one ask in one run. */
export interface Answered {
  /** Index of the step that asks. */
  step: number;
  question: string;
  expected: Answer;
  /** null when it was not asked, because this step or an earlier one failed. */
  actual: Answer | null;
  holds: boolean;
  /** The expected answer on the other store, where the difference is a lesson. */
  elsewhere: { store: StoreKind; expected: Answer } | null;
}

/** Returns every ask of the scenario in order, including those that the run did not reach. */
export function answersIn({ header, steps }: View): Answered[] {
  return steps.flatMap(({ index, outline, ask }) =>
    outline.ask ? [answered(index, outline.ask, ask, header.variant)] : [],
  );
}

function answered(step: number, outline: AskOutline, ask: StepView['ask'], variant: Variant): Answered {
  const { question, onOtherStore: other } = outline;
  const expected = outline[variant];
  const differs = other !== undefined && other[variant] !== expected;
  const elsewhere = differs ? { store: other.store, expected: other[variant] } : null;
  return { step, question, ...(ask ?? { expected, actual: null, holds: false }), elsewhere };
}

/** Returns whether the run holds, and all its repetitions with the same answers. */
export const runHolds = ({ trace, repeated }: Run): boolean =>
  everythingHolds(read(trace)) && (repeated === undefined || repeated.differ + repeated.fail === 0);

/** Returns what the repetitions came to, as a sentence; null when they all hold with the same answers. */
export function flakiness({ repeated }: Pick<Run, 'repeated'>): string | null {
  if (!repeated || repeated.differ + repeated.fail === 0) return null;
  const { times, differ, fail } = repeated;
  // Where those that differ are those that do not hold, one number is enough.
  const parts = [
    ...(differ > 0 ? [`${differ} of ${times} runs ${differ === 1 ? 'differs' : 'differ'}`] : []),
    ...(fail > 0 && fail !== differ ? [`${fail} of ${times} ${fail === 1 ? 'does' : 'do'} not hold`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/**
 * Returns whether every step was played to its end, every claim is true, every ask has the expected answer, and a real browser differs
 * from the virtual one only for a known reason.
 */
export function everythingHolds(view: View): boolean {
  const allTrue = view.steps.every(({ state, untrue }) => state === 'played' && untrue.length === 0);
  const alike = view.steps.every((step) => unexplained(step).length === 0);
  return allTrue && alike && answersIn(view).every(({ holds }) => holds);
}

/** Returns what a real browser did differently in a step, and nobody knows why. */
export const unexplained = ({ differs }: Pick<StepView, 'differs'>) =>
  differs.filter(({ reason }) => reason === undefined);
