import { describe, expect, test } from 'vitest';
import { defaultParts } from '../../../../server/app/app.ts';
import { loadWeakness, weaknessNames } from '../../../../server/weaknesses/index.ts';
import { definitionOf, helpersOf, importedFrom, replacements, sources } from './appSource.ts';

const linesOf = ({ file, from, to }: { file: string; from: number; to: number }) =>
  sources[file]!.split('\n')
    .slice(from - 1, to)
    .join('\n');

test('the sources are the files of the app and no tests', () => {
  expect(Object.keys(sources)).toContain('server/app/auth/login.ts');
  expect(Object.keys(sources).filter((file) => /test/i.test(file))).toEqual([]);
});

test.each(weaknessNames)('%s replaces the parts that it exports', async (name) => {
  const weakness = await loadWeakness(name);
  expect(
    replacements(name)
      .map(({ part }) => part)
      .sort(),
  ).toEqual(Object.keys(weakness!).sort());
});

test.each(Object.keys(defaultParts))('the definition of the part %s is found', (name) => {
  const part = definitionOf(name)!;
  expect(linesOf(part)).toMatch(new RegExp(`\\b${name}\\b`));
});

test('the definition of a part from a package is its import', () => {
  expect(linesOf(definitionOf('express')!)).toMatch(/^import express, .* from 'express';$/);
});

test('a definition includes the comment above it and its last line', () => {
  const text = linesOf(definitionOf('startSession')!);
  expect(text).toMatch(/^\/\*\*\n \* Turns the request/);
  expect(text).toMatch(/\n}$/);
});

test('everything else in a weakness counts as its helpers', () => {
  expect(helpersOf('csrf-token-in-a-cookie').map(linesOf)).toEqual([expect.stringMatching(/^const tokenIn/)]);
  expect(helpersOf('basket-in-the-session').map(linesOf)).toEqual([expect.stringMatching(/^declare module/)]);
});

describe('the file that a name is imported from', () => {
  const source = [
    "import { one } from './b/one.ts';",
    "import {\n  two,\n  three as other,\n} from '../app/c.ts';",
    "import express from 'express';",
  ].join('\n');
  test.each([
    ['one', 'server/app/b/one.ts'],
    ['two', 'server/app/c.ts'],
    ['other', 'server/app/c.ts'],
    ['three', null],
    ['express', null],
  ])('%s: %s', (name, file) => {
    expect(importedFrom(source, 'server/app/a.ts', name)).toBe(file);
  });
});
