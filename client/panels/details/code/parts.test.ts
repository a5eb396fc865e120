import { describe, expect, test } from 'vitest';
import { parts } from '../../../../server/app/parts.ts';
import { weaknesses } from '../../../../server/weaknesses/index.ts';
import { helpersOf, importedFrom, partOf, replacements } from './parts.ts';
import { sources } from './sources.ts';

const linesOf = ({ file, from, to }: { file: string; from: number; to: number }) =>
  sources[file]!.split('\n')
    .slice(from - 1, to)
    .join('\n');

test('the files are the app’s, and no tests', () => {
  expect(Object.keys(sources)).toContain('server/app/routes/auth.ts');
  expect(Object.keys(sources).filter((file) => /test/i.test(file))).toEqual([]);
});

test.each(Object.entries(weaknesses))('%s replaces the parts that it exports when it runs', (name, weakness) => {
  expect(
    replacements(sources, name)
      .map(({ part }) => part)
      .sort(),
  ).toEqual(Object.keys(weakness).sort());
});

test.each(Object.keys(parts))('the part %s is found where it is written', (name) => {
  const part = partOf(sources, name)!;
  expect(linesOf(part)).toMatch(new RegExp(`\\b${name}\\b`));
});

test('a part that is a package is the line of the table', () => {
  expect(linesOf(partOf(sources, 'framework')!)).toBe('  framework: express,');
});

test('a part comes with the reason above it, and whole', () => {
  const text = linesOf(partOf(sources, 'startSession')!);
  expect(text).toMatch(/^\/\*\* Make the request/);
  expect(text).toMatch(/\n}$/);
});

test('what else is in a weakness are its helpers', () => {
  expect(helpersOf(sources, 'csrf-token-in-a-cookie').map(linesOf)).toEqual([expect.stringMatching(/^const tokenIn/)]);
  expect(helpersOf(sources, 'basket-in-the-session').map(linesOf)).toEqual([expect.stringMatching(/^declare module/)]);
});

describe('where a name is imported from', () => {
  const made = {
    'server/app/a.ts': [
      "import { one } from './b/one.ts';",
      "import {\n  two,\n  three as other,\n} from '../app/c.ts';",
      "import express from 'express';",
    ].join('\n'),
  };
  test.each([
    ['one', 'server/app/b/one.ts'],
    ['two', 'server/app/c.ts'],
    ['other', 'server/app/c.ts'],
    ['three', null],
    ['express', null],
  ])('%s: %s', (name, file) => {
    expect(importedFrom(made, 'server/app/a.ts', name)).toBe(file);
  });
});
