import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../scenarios/engine/trace.ts';
import { byChapter } from './chapters.ts';

const outline = (slug: string, chapter: string) => ({ slug, chapter, steps: [] }) as unknown as ScenarioOutline;

test('chapters and scenarios keep their reading order', () => {
  const chapters = byChapter([outline('a', 'login'), outline('b', 'lifetime'), outline('c', 'login')]);
  expect(chapters.map(({ title, scenarios }) => [title, scenarios.map(({ slug }) => slug)])).toEqual([
    ['Login', ['a', 'c']],
    ['Lifetime', ['b']],
  ]);
});
