/** The learner's progress in React. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { noProgress, type ScenarioProgress } from './progress.ts';
import type { Progress, ProgressState } from './progressStore.ts';

export const ProgressContext = createContext<Progress | null>(null);

export function useProgress(): Progress {
  const progress = use(ProgressContext);
  if (!progress) throw new Error('useProgress needs a ProgressContext around the component.');
  return progress;
}

/** Returns a part of the progress. Renders again when that part changes. */
export function useProgressState<Part>(part: (state: ProgressState) => Part): Part {
  return useStore(useProgress().store, part);
}

export const useScenarioProgress = (slug: string): ScenarioProgress =>
  useProgressState(({ progress }) => progress[slug] ?? noProgress);
