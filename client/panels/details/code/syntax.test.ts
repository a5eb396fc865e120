import { expect, test } from 'vitest';
import { sources } from './sources.ts';
import { declarationsIn, highlighted } from './syntax.ts';

test.each(Object.keys(sources))('%s comes out of the highlighter as it went in', (file) => {
  const text = highlighted(sources[file]!)
    .map((line) => line.map((token) => token.text).join(''))
    .join('\n');
  expect(text).toBe(sources[file]);
});

test('keywords, strings and comments are told apart', () => {
  const [line] = highlighted("const name = 'hat'; // a hat");
  expect(line!.filter(({ style }) => style).map(({ text, style }) => [text, style])).toEqual(
    expect.arrayContaining([
      ['const', 'tok-keyword'],
      ["'hat'", 'tok-string'],
      ['// a hat', 'tok-comment'],
    ]),
  );
});

test('a statement begins with the comments right above it', () => {
  const source = [
    '/** About the file. */',
    '',
    "import { a } from './a.ts';",
    '',
    '/** What it is for. */',
    '// And why.',
    'export async function act(): Promise<void> {',
    '  const inner = 1;',
    '}',
    'const plain = 2;',
    "declare module 'x' {",
    '  interface Y {}',
    '}',
  ].join('\n');
  expect(declarationsIn(source)).toEqual([
    { name: null, exported: false, kind: 'import', from: 3, to: 3 },
    { name: 'act', exported: true, kind: 'other', from: 5, to: 9 },
    { name: 'plain', exported: false, kind: 'other', from: 10, to: 10 },
    { name: null, exported: false, kind: 'other', from: 11, to: 13 },
  ]);
});
