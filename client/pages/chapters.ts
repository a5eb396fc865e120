/** Scenarios by chapter, both in reading order. */
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';

export interface ChapterOutline {
  /** "Login". */
  title: string;
  /** What it is about, as a phrase; '' where there is nothing to add. */
  lead: string;
  scenarios: ScenarioOutline[];
}

export function byChapter(scenarios: readonly ScenarioOutline[]): ChapterOutline[] {
  const chapters = new Map<string, ScenarioOutline[]>();
  for (const scenario of scenarios) {
    chapters.set(scenario.chapter, [...(chapters.get(scenario.chapter) ?? []), scenario]);
  }
  return [...chapters].map(([chapter, scenarios]) => ({
    title: chapterTitle(chapter),
    lead: leads[chapter] ?? '',
    scenarios,
  }));
}

const leads: Record<string, string> = {
  cookie: 'What is in it, and which browser sends it where.',
  login: 'The moment at which an id begins to stand for somebody.',
  lifetime: 'When a session ends by itself, and by whose clock.',
  logout: 'When somebody ends it: what is left over, and where.',
  store: 'Where the records live, and what happens when that fails.',
};

export const chapterTitle = (chapter: string) => chapter.charAt(0).toUpperCase() + chapter.slice(1);

/** The scenario that is read after that one; null after the last. */
export function nextInOrder(scenarios: readonly ScenarioOutline[], slug: string): ScenarioOutline | null {
  return scenarios[scenarios.findIndex((one) => one.slug === slug) + 1] ?? null;
}
