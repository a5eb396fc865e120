import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter, headlines, inLearningOrder, nextInOrder } from './catalogue.ts';

const outline = (slug: string, chapter: string) => ({ slug, chapter, steps: [] }) as unknown as ScenarioOutline;

test('groups scenarios by chapter, in reading order', () => {
  const chapters = byChapter([outline('a', 'login'), outline('b', 'running'), outline('c', 'login')]);
  expect(chapters.map(({ title, scenarios }) => [title, scenarios.map(({ slug }) => slug)])).toEqual([
    ['Login', ['a', 'c']],
    ['Running it', ['b']],
  ]);
});

test('finds the next scenario, also in the next chapter, and none after the last', () => {
  const all = [outline('a', 'login'), outline('b', 'lifetime')];
  expect(nextInOrder(all, 'a')?.slug).toBe('b');
  expect(nextInOrder(all, 'b')).toBeNull();
});

test('after a lesson to start with comes the next one of them, and then what comes first of the others', () => {
  const all = ['cookie-anatomy', 'first-login', 'session-fixation', 'idle-timeout'].map((slug) =>
    outline(slug, 'login'),
  );
  const next = (slug: string) => nextInOrder(all, slug)?.slug;
  expect(['first-login', 'session-fixation', 'idle-timeout', 'cookie-anatomy'].map(next)).toEqual([
    ...['session-fixation', 'idle-timeout', 'cookie-anatomy', undefined],
  ]);
});

test('starts with the headline lessons that there are, and goes on in reading order', () => {
  const all = ['cookie-anatomy', 'session-fixation', 'rolling-refresh', 'idle-timeout'].map((slug) =>
    outline(slug, 'login'),
  );
  const slugs = (scenarios: ScenarioOutline[]) => scenarios.map(({ slug }) => slug);
  expect(slugs(headlines(all))).toEqual(['session-fixation', 'idle-timeout', 'rolling-refresh']);
  expect(slugs(inLearningOrder(all))).toEqual([
    'session-fixation',
    'idle-timeout',
    'rolling-refresh',
    'cookie-anatomy',
  ]);
});
