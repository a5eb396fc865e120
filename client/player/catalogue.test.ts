import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter, nextInOrder, search } from './catalogue.ts';

const outline = (slug: string, chapter: string) => ({ slug, chapter, steps: [] }) as unknown as ScenarioOutline;

test('groups scenarios by chapter, in reading order', () => {
  const chapters = byChapter([outline('a', 'login'), outline('b', 'lifetime'), outline('c', 'login')]);
  expect(chapters.map(({ title, scenarios }) => [title, scenarios.map(({ slug }) => slug)])).toEqual([
    ['Login', ['a', 'c']],
    ['Lifetime', ['b']],
  ]);
});

test('finds the next scenario, also in the next chapter, and none after the last', () => {
  const all = [outline('a', 'login'), outline('b', 'lifetime')];
  expect(nextInOrder(all, 'a')?.slug).toBe('b');
  expect(nextInOrder(all, 'b')).toBeNull();
});

const scenarios = [
  {
    slug: 'session-fixation',
    title: 'Session fixation',
    question: 'If I choose your id, am I you?',
    lesson: 'A login needs a new id: regenerate().',
    references: ['ASVS V7.2.4', 'CWE-384'],
  },
  {
    slug: 'idle-timeout',
    title: 'Idle timeout',
    question: 'Who ends the session, the browser or Redis?',
    lesson: 'A limit that only the browser keeps is none.',
    references: ['ASVS V7.3.1'],
  },
  {
    slug: 'rolling-refresh',
    title: 'Rolling refresh',
    question: 'Does a click renew the Cookie?',
    lesson: 'Renew both or neither.',
    references: [],
  },
] as unknown as ScenarioOutline[];

test.each([
  ['', ['session-fixation', 'idle-timeout', 'rolling-refresh']],
  ['   ', ['session-fixation', 'idle-timeout', 'rolling-refresh']],
  ['session', ['session-fixation', 'idle-timeout']],
  ['SESSION redis', ['idle-timeout']],
  ['redis session', ['idle-timeout']],
  ['rolling-refresh', ['rolling-refresh']],
  ['cook', ['rolling-refresh']],
  ['regenerate()', ['session-fixation']],
  ['asvs v7', ['session-fixation', 'idle-timeout']],
  ['cwe-384', ['session-fixation']],
  ['.*', []],
  ['fixation timeout', []],
])('the search "%s" finds %j', (text, slugs) => {
  expect(search(scenarios, text).map(({ slug }) => slug)).toEqual(slugs);
});
