import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter, nextInOrder } from './chapters.ts';

const outline = (slug: string, chapter: string) => ({ slug, chapter, steps: [] }) as unknown as ScenarioOutline;

test('chapters and scenarios keep their reading order', () => {
  const chapters = byChapter([outline('a', 'login'), outline('b', 'lifetime'), outline('c', 'login')]);
  expect(chapters.map(({ title, scenarios }) => [title, scenarios.map(({ slug }) => slug)])).toEqual([
    ['Login', ['a', 'c']],
    ['Lifetime', ['b']],
  ]);
});

test('after a scenario comes the next one, also over the end of a chapter, and nothing after the last', () => {
  const all = [outline('a', 'login'), outline('b', 'lifetime')];
  expect(nextInOrder(all, 'a')?.slug).toBe('b');
  expect(nextInOrder(all, 'b')).toBeNull();
});
