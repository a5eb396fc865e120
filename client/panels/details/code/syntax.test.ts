import { expect, test } from 'vitest';
import { sources } from './appSource.ts';
import { declarationsIn, highlighted } from './syntax.ts';

test.each(Object.keys(sources))('the highlighter does not change the text of %s', (file) => {
  const text = highlighted(sources[file]!)
    .map((line) => line.map((token) => token.text).join(''))
    .join('\n');
  expect(text).toBe(sources[file]);
});

test('keywords, strings and comments get different styles', () => {
  const [line] = highlighted("const name = 'hat'; // a hat");
  expect(line!.filter(({ style }) => style).map(({ text, style }) => [text, style])).toEqual(
    expect.arrayContaining([
      ['const', 'tok-keyword'],
      ["'hat'", 'tok-string'],
      ['// a hat', 'tok-comment'],
    ]),
  );
});

test('a statement includes the comments directly above it', () => {
  const source = [
    '/** About the file. */',
    '',
    "import { a } from './a.ts';",
    "import b from 'b';",
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
    { name: 'b', exported: false, kind: 'import', from: 4, to: 4 },
    { name: 'act', exported: true, kind: 'other', from: 6, to: 10 },
    { name: 'plain', exported: false, kind: 'other', from: 11, to: 11 },
    { name: null, exported: false, kind: 'other', from: 12, to: 14 },
  ]);
});
