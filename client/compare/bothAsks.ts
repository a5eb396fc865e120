/** The questions of a scenario with what each of the two apps answered. Pure. */
import type { StepView, View } from '../../scenarios/engine/read.ts';

export interface BothAsk {
  /** The step it is asked in. */
  index: number;
  question: string;
  /** null as long as it has not been answered. */
  vulnerable: StepView['ask'];
  protected: StepView['ask'];
}

export function bothAsks(vulnerable: View, fixed: View): BothAsk[] {
  return vulnerable.steps.flatMap(({ index, outline, ask }) =>
    outline.ask
      ? [{ index, question: outline.ask.question, vulnerable: ask, protected: fixed.steps[index]?.ask ?? null }]
      : [],
  );
}

/** How many of them have been answered. */
export const countOf = (asks: readonly BothAsk[]) =>
  `${asks.filter((ask) => ask.vulnerable && ask.protected).length} of ${asks.length}`;
