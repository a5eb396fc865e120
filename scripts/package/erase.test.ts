import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { filesIn, isKeptAsFile } from './bundle.ts';
import { eraseTypes } from './erase.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('types become spaces, and what runs stays where it was', () => {
  const source = `import type { A } from './a.ts';
import { b } from './b.ts';
export const c = <T extends A>(d: T, e?: string): T => b(d as never, e!);
const f = await import('./f.ts');`;
  expect(eraseTypes(source, 'x.ts').split('\n')).toEqual([
    ' '.repeat("import type { A } from './a.ts';".length),
    "import { b } from './b.js';",
    'export const c =              (d   , e         )    => b(d         , e );',
    "const f = await import('./f.js');",
  ]);
});

test('a package and a text that look like a file stay', () => {
  const source = `import x from 'x.ts';\nconst y = "from './y.ts";\n`;
  expect(eraseTypes(source, 'x.ts')).toBe(source);
});

test.each(['enum X { A }', 'namespace N { export const a = 1; }', 'class C { constructor(private a: string) {} }'])(
  '%s is refused, because it is no type',
  (source) => expect(() => eraseTypes(source, 'x.ts')).toThrow('x.ts cannot run with its types erased'),
);

test('every lesson, weakness and file of the app keeps the length of each line', () => {
  const files = [...filesIn(root, 'server'), ...filesIn(root, 'scenarios')].filter(
    (file) => isKeptAsFile(file) && /(?<![.](test|d))[.]ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(250);
  const lengths = (text: string) => text.split('\n').map((line) => line.length);
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8');
    expect(lengths(eraseTypes(source, file)), file).toEqual(lengths(source));
  }
});
