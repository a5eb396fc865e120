import type { StepView, View } from '../../scenarios/engine/read.ts';
import type { Answer, AskOutline, StoreKind, Variant } from '../../scenarios/engine/trace.ts';

/** What became of one ask of a run. */
export interface Answered {
  /** Index of the step that asks. */
  step: number;
  question: string;
  expected: Answer;
  /** null: it was not asked, because this step or one before it failed. */
  actual: Answer | null;
  holds: boolean;
  /** What the other store is expected to answer, where it is a lesson that it answers differently. */
  elsewhere: { store: StoreKind; expected: Answer } | null;
}

/** Every ask of the scenario in order, those included that the run did not come to. */
export function answersIn({ header, steps }: View): Answered[] {
  return steps.flatMap(({ index, outline, ask }) =>
    outline.ask ? [answered(index, outline.ask, ask, header.variant)] : [],
  );
}

/** Every step was played to its end and every ask has the answer its variant should give. */
export function everythingHolds(view: View): boolean {
  return view.steps.every(({ state }) => state === 'played') && answersIn(view).every(({ holds }) => holds);
}

/** The step that could not be played to its end. */
export function failedStep({ steps }: View): StepView | undefined {
  return steps.find(({ state }) => state === 'failed');
}

function answered(step: number, outline: AskOutline, ask: StepView['ask'], variant: Variant): Answered {
  const { question, onOtherStore: other } = outline;
  const expected = outline[variant];
  const differs = other !== undefined && other[variant] !== expected;
  const elsewhere = differs ? { store: other.store, expected: other[variant] } : null;
  return ask
    ? { step, question, ...ask, elsewhere }
    : { step, question, expected, actual: null, holds: false, elsewhere };
}
