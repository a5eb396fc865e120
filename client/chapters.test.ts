import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../scenarios/engine/trace.ts';
import { byChapter, letsTimePass } from './chapters.ts';

const outline = (slug: string, chapter: string, narration = '') =>
  ({ slug, chapter, steps: [{ title: 'A step', narration }] }) as unknown as ScenarioOutline;

test('chapters and scenarios keep their reading order', () => {
  const chapters = byChapter([outline('a', 'login'), outline('b', 'lifetime'), outline('c', 'login')]);
  expect(chapters.map(({ title, scenarios }) => [title, scenarios.map(({ slug }) => slug)])).toEqual([
    ['Login', ['a', 'c']],
    ['Lifetime', ['b']],
  ]);
});

test.each([
  ['After 30 minutes the record is gone.', true],
  ['After 1 hour she is back.', true],
  ['She has 2 devices.', false],
  ['The TTL starts again.', false],
])('%j lets time pass: %s', (narration, passes) => {
  expect(letsTimePass(outline('a', 'lifetime', narration))).toBe(passes);
});
