/** Scenarios by chapter, both in reading order. */
import type { ScenarioOutline } from '../scenarios/engine/trace.ts';

export interface ChapterOutline {
  /** "Login". */
  title: string;
  scenarios: ScenarioOutline[];
}

export function byChapter(scenarios: readonly ScenarioOutline[]): ChapterOutline[] {
  const chapters = new Map<string, ScenarioOutline[]>();
  for (const scenario of scenarios) {
    chapters.set(scenario.chapter, [...(chapters.get(scenario.chapter) ?? []), scenario]);
  }
  return [...chapters].map(([chapter, scenarios]) => ({ title: chapterTitle(chapter), scenarios }));
}

export const chapterTitle = (chapter: string) => chapter.charAt(0).toUpperCase() + chapter.slice(1);
