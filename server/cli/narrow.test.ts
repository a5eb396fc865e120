import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { readGrep } from './grep.ts';
import { narrow, shows } from './narrow.ts';

const selected = scenarios.map((scenario) => ({ scenario, file: `/scenarios/${scenario.slug}.ts` }));
const none = { grep: null, chapters: [], standards: [], shard: null };
const slugs = (filters: Partial<Parameters<typeof narrow>[1]>) =>
  narrow(selected, { ...none, ...filters }).map(({ scenario }) => scenario.slug);
const grep = (typed: string) => readGrep(typed) ?? null;

test('without a filter, all are left', () => expect(slugs({})).toEqual(scenarios.map(({ slug }) => slug)));

describe('--grep', () => {
  test('finds a text in the title, in any case', () =>
    expect(slugs({ grep: grep('SESSION FIXATION') })).toContain('session-fixation'));
  test('finds a synonym', () => {
    const [synonym] = scenarios.find(({ slug }) => slug === 'session-fixation')!.synonyms!;
    expect(slugs({ grep: grep(synonym!) })).toContain('session-fixation');
  });
  test('finds a regular expression, the same each time', () => {
    expect(slugs({ grep: grep('/^idle-|^hsts$/g') })).toEqual(
      scenarios.map(({ slug }) => slug).filter((slug) => /^idle-|^hsts$/.test(slug)),
    );
  });
  test('with a flag that remembers the last match, too', () => {
    expect(slugs({ grep: grep('/^[a-z-]+$/g') })).toEqual(scenarios.map(({ slug }) => slug));
  });
  test('a text with special characters is a text', () =>
    expect(() => slugs({ grep: grep('.*') })).toThrow('Nothing is selected'));
});

test('--chapter: one or several', () => {
  const of = (...chapters: string[]) =>
    scenarios.filter(({ chapter }) => chapters.includes(chapter)).map(({ slug }) => slug);
  expect(slugs({ chapters: ['login'] })).toEqual(of('login'));
  expect(slugs({ chapters: ['login', 'store'] })).toEqual(of('login', 'store'));
});

describe('--standard', () => {
  test.each([
    [['ASVS V7.2.4'], 'V7.2.4', true],
    [['ASVS V7.2.4'], 'asvs v7.2.4', true],
    [['ASVS V7.2.4'], 'V7.2', true],
    [['ASVS V7.2.4'], 'V7', true],
    [['ASVS V7.2.4'], 'V7.2.', false],
    [['ASVS V7.2.41'], 'V7.2.4', false],
    [['CWE-384'], 'CWE-38', false],
    [['CWE-384', 'WSTG-SESS-03'], 'wstg-sess-03', true],
  ])('%j shows %s: %s', (references, standard, expected) => {
    expect(shows({ references }, standard)).toBe(expected);
  });

  test('selects those that refer to it', () => expect(slugs({ standards: ['V7.2.4'] })).toContain('session-fixation'));

  test.each([
    ['V7.1.1', 'Nothing is selected: no scenario here shows ASVS V7.1.1. Documented only'],
    ['V7.2.44', 'Nothing is selected: no scenario refers to "V7.2.44". Did you mean V7.2.4?'],
  ])('%s: %s', (standard, message) => expect(() => slugs({ standards: [standard] })).toThrow(message));
});

test('filters narrow together, and a shard is part of what they leave', () => {
  const filters = { chapters: ['login' as const], standards: ['V7.2.4'] };
  const all = slugs(filters);
  const parts = [1, 2].map((part) => slugs({ ...filters, shard: { part, parts: 2 } }));
  expect(parts.flat().sort()).toEqual([...all].sort());
});

test('nothing left is an error that says what was asked for', () => {
  expect(() => slugs({ grep: grep('teapot'), chapters: ['login'] })).toThrow(
    `Nothing is selected: none of the ${scenarios.length} scenarios fits --grep teapot --chapter login.`,
  );
  expect(() => slugs({ grep: grep('/^hsts$/'), shard: { part: 2, parts: 2 } })).toThrow(
    'Nothing is selected: --shard 2/2 of 1 scenario is empty. Make at most 1 part.',
  );
});
