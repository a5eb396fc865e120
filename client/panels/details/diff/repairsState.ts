/** What the learner has chosen and tried in "Put it right yourself". It is kept while other tabs and scenarios are shown. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { read } from '../../../../scenarios/engine/read.ts';
import { type Outcome, outcomeOf } from '../../../../scenarios/engine/repairOutcome.ts';
import type { RepairOutline, Trace } from '../../../../scenarios/engine/trace.ts';

export interface Try {
  trace: Trace;
  outcome: Outcome;
}

interface OfScenario {
  /** Whether the fix is shown instead of the choice; undefined until the learner decides. */
  fixShown?: boolean;
  /** The index of the chosen repair. */
  picked?: number;
  /** By the index of the repair. */
  tries: Readonly<Record<number, Try>>;
}

interface RepairsState {
  /** By slug. */
  of: Readonly<Record<string, OfScenario>>;
}

const nothing: OfScenario = { tries: {} };

const store = createStore<RepairsState>(() => ({ of: {} }));

const change = (slug: string, part: Partial<OfScenario>) =>
  store.setState(({ of }) => ({ of: { ...of, [slug]: { ...(of[slug] ?? nothing), ...part } } }));

export const useRepairs = (slug: string): OfScenario => useStore(store, ({ of }) => of[slug] ?? nothing);

/** Whether the tab Diff shows what a repair did. */
export const useResultShown = (slug: string): boolean => {
  const { fixShown, picked, tries } = useRepairs(slug);
  return !fixShown && picked !== undefined && tries[picked] !== undefined;
};

/** Shows the fix in the tab Diff, or the choice among repairs. */
export const showFix = (slug: string, fixShown = true) => change(slug, { fixShown });

export const pick = (slug: string, picked: number) => change(slug, { picked });

/**
 * Plays all steps with a repair, and with the fix to compare it with.
 * @param play plays them; undefined when that was refused
 * @returns whether they were played
 */
export async function tryRepair(
  { slug, index, repairs }: { slug: string; index: number; repairs: readonly RepairOutline[] },
  play: (repair: string | null) => Promise<Trace | undefined>,
): Promise<boolean> {
  const repair = repairs[index]!;
  // What shows best that another one fails also shows best that the fix does not.
  const telling = repair.step ?? repairs.find(({ step }) => step !== null)?.step;
  const fixed = play(null);
  const [trace, usual] = await Promise.all([repair.file === null ? fixed : play(repair.file), fixed]);
  if (!trace || !usual) return false;
  const outcome = outcomeOf(read(trace), read(usual), telling);
  const { tries } = store.getState().of[slug] ?? nothing;
  change(slug, { tries: { ...tries, [index]: { trace, outcome } } });
  return true;
}
