/** Whether the lifetimes are shown. The learner's choice counts as long as the page is open, also in other scenarios. */
import { create } from 'zustand';
import type { ScenarioOutline, TraceEvent } from '../../scenarios/engine/trace.ts';
import { timeIsSubject } from '../panels/lifetimes/timeIsSubject.ts';

/** null: the learner has not chosen. */
const useChoice = create<{ chosen: boolean | null }>(() => ({ chosen: null }));

export function useLifetimesShown(scenario: ScenarioOutline, events: readonly TraceEvent[]): boolean {
  const chosen = useChoice((state) => state.chosen);
  return chosen ?? timeIsSubject(scenario, events);
}

export const showLifetimes = (chosen: boolean) => useChoice.setState({ chosen });
