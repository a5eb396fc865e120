/** The scenarios in reading order: by chapter, and one after the other. Pure. */
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';

export interface ChapterOutline {
  /** "cross-site": part of the page's address. */
  key: string;
  /** "Login". */
  title: string;
  /** The chapter's subject as a phrase; '' for a chapter without one. */
  lead: string;
  scenarios: ScenarioOutline[];
}

const titles: Record<string, string> = { running: 'Running it' };

const leads: Record<string, string> = {
  cookie: 'What a session cookie contains, and when a browser sends it.',
  login: 'When a session ID starts to stand for a user.',
  'cross-site': 'What other sites can make a browser send, set or read.',
  lifetime: 'When a session ends by itself, and by which clock.',
  logout: 'When a user ends the session: what remains, and where.',
  store: 'Where session records are kept, and what belongs in them.',
  running: 'What works on one machine, and fails where it is deployed.',
};

/** Groups the scenarios by chapter. */
export function byChapter(scenarios: readonly ScenarioOutline[]): ChapterOutline[] {
  const chapters = [...new Set(scenarios.map(({ chapter }) => chapter))];
  return chapters.map((chapter) => ({
    key: chapter,
    title: chapterTitle(chapter),
    lead: leads[chapter] ?? '',
    scenarios: scenarios.filter((scenario) => scenario.chapter === chapter),
  }));
}

export const chapterTitle = (chapter: string) => titles[chapter] ?? chapter.charAt(0).toUpperCase() + chapter.slice(1);

/** The lessons that a newcomer plays first. */
const first = ['first-login', 'session-fixation', 'idle-timeout', 'rolling-refresh', 'forced-logout-one-device'];

/** Returns the lessons to start with, in order. */
export function headlines<Lesson extends { slug: string }>(scenarios: readonly Lesson[]): Lesson[] {
  return first.flatMap((slug) => scenarios.find((scenario) => scenario.slug === slug) ?? []);
}

/** Returns all scenarios, the lessons to start with first. */
export function inLearningOrder<Lesson extends { slug: string }>(scenarios: readonly Lesson[]): Lesson[] {
  return [...headlines(scenarios), ...scenarios.filter(({ slug }) => !first.includes(slug))];
}

/** Returns the scenario after that one in learning order; null after the last. */
export function nextInOrder(scenarios: readonly ScenarioOutline[], slug: string): ScenarioOutline | null {
  const order = inLearningOrder(scenarios);
  return order[order.findIndex((one) => one.slug === slug) + 1] ?? null;
}
