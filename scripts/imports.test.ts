import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cruise, root } from '../testing/cruise.ts';
import { classesStyled, classesUsed, type Imports, styleSheetsAt } from '../testing/styleSheets.ts';

// Each rule on a made-up project that breaks it: imports.full.test.ts.

/** A circle between children of one folder, each with one of the imports that make it. */
type Circle = string[];

/**
 * Finds circles between folders. Two files that import each other do so on behalf of the children (subfolders or files)
 * of the deepest folder that holds both: there, too, imports may go one way only.
 *
 * @param imports pairs of paths relative to the root: the file that imports, and the file it imports
 */
function folderCircles(imports: readonly [from: string, to: string][]): Circle[] {
  const children = new Map<string, Map<string, string>>();
  for (const [from, to] of imports) {
    const [fromParts, toParts] = [from.split('/'), to.split('/')];
    const depth = fromParts.findIndex((part, index) => part !== toParts[index]);
    const child = (parts: string[]) => parts.slice(0, depth + 1).join('/');
    const targets = children.get(child(fromParts)) ?? new Map<string, string>();
    children.set(child(fromParts), targets.set(child(toParts), `${from} imports ${to}`));
  }
  const circles: Circle[] = [];
  const finished = new Set<string>();
  const visit = (node: string, path: string[]) => {
    if (path.includes(node)) {
      const circle = path.slice(path.indexOf(node));
      circles.push(circle.map((child, index) => children.get(child)!.get(circle[index + 1] ?? node)!));
      return;
    }
    if (finished.has(node)) return;
    for (const target of children.get(node)?.keys() ?? []) visit(target, [...path, node]);
    finished.add(node);
  };
  for (const node of children.keys()) visit(node, []);
  return circles;
}

describe('between folders', () => {
  test('finds a circle where no two files import each other', () => {
    expect(
      folderCircles([
        ['lab/lens/keys.ts', 'lab/time/clock.ts'],
        ['lab/time/time.ts', 'lab/lens/lens.ts'],
      ]),
    ).toEqual([['lab/lens/keys.ts imports lab/time/clock.ts', 'lab/time/time.ts imports lab/lens/lens.ts']]);
  });

  test('lets a folder use what stands beside it, and be used by others there', () => {
    expect(
      folderCircles([
        ['app/auth/login.ts', 'app/session.ts'],
        ['app/app.ts', 'app/auth/login.ts'],
        ['app/app.ts', 'app/session.ts'],
      ]),
    ).toEqual([]);
  });
});

const cruised = cruise(root);

// `npm test` leaves the check of the imports to this test, which has to look at all of them anyway.
test('this project follows the table, and no circle is between its folders', async () => {
  const { modules, summary } = await cruised;
  expect(summary.violations.map(({ rule, from, to }) => `${from} imports ${to}: ${rule.name}`)).toEqual([]);
  const isOurs = (file: string) => /^(server|client|scenarios)\//.test(file) && !/[.]test[.]tsx?$/.test(file);
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }): [string, string] => [source, resolved]),
  );
  expect(imports.length).toBeGreaterThan(1000);
  expect(folderCircles(imports.filter((files) => files.every(isOurs)))).toEqual([]);
}, 60_000);

/** Returns the files of the page with one of the extensions. */
async function filesOfPage(...extensions: string[]): Promise<string[]> {
  const names = await readdir(join(root, 'client'), { recursive: true });
  return names
    .filter((name) => extensions.some((one) => name.endsWith(one)))
    .map((name) => join('client', name).replaceAll(sep, '/'));
}

describe('the style sheets', () => {
  test('that are certainly loaded where a file runs: its own, and those of what has loaded it', () => {
    const imports = new Map<string, Imports>([
      ['main.tsx', { now: ['first.tsx', 'base.css'], later: ['page.tsx', 'other.tsx'] }],
      ['first.tsx', { now: ['shared.tsx'], later: [] }],
      ['page.tsx', { now: ['page.css', 'parts.tsx'], later: ['dialog.tsx'] }],
      ['other.tsx', { now: ['other.css', 'parts.tsx'], later: [] }],
    ]);
    const at = styleSheetsAt(imports, ['main.tsx']);
    const sheets = ['first.tsx', 'shared.tsx', 'page.tsx', 'parts.tsx', 'dialog.tsx'].map((file) => [...at.get(file)!]);
    expect(sheets).toEqual([
      ['base.css'],
      ['base.css'],
      ['base.css', 'page.css'],
      ['base.css'],
      ['base.css', 'page.css'],
    ]);
  });

  test.each([
    ['.a { color: red }', ['a']],
    ['/* .b {} */ .a:hover, button.c[disabled]:not(.d):focus-visible { color: red }', ['a', 'c']],
    ['.a .b, .c.d, .e > f { color: red }', []],
    ['html[data-room~="large"] { .a { color: red } }', ['a']],
    ['@media print { .a { color: red } }', ['a']],
  ])('%s have rules for %j', (css, classes) => {
    expect([...classesStyled(css)]).toEqual(classes);
  });

  test.each([
    ['<p className="a b" title="c" />', ['a', 'b']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    ["<p className={`a ${x ? 'b' : 'c'} d`} />", ['a', 'b', 'c', 'd']],
    ["<Input classNames={{ input: 'a' }} />", ['a']],
    ["const rowClass = is ? 'a' : 'b'; const text = 'c';", ['a', 'b']],
  ])('%s use %j', (source, classes) => {
    expect([...classesUsed(source)].toSorted()).toEqual(classes);
  });

  test('of every class are loaded where it is used, whatever page is opened first', async () => {
    const { modules } = await cruised;
    const imports = new Map<string, Imports>();
    for (const { source, dependencies } of modules.filter(({ source }) => source.startsWith('client/'))) {
      const loaded = dependencies.filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only'));
      const those = (dynamic: boolean) =>
        loaded.filter((one) => one.dynamic === dynamic).map(({ resolved }) => resolved);
      imports.set(source, { now: those(false), later: those(true) });
    }
    const sheets = new Map<string, string[]>();
    for (const sheet of await filesOfPage('.css')) {
      for (const name of classesStyled(await readFile(join(root, sheet), 'utf8'))) {
        sheets.set(name, [...(sheets.get(name) ?? []), sheet]);
      }
    }
    const missing: string[] = [];
    let found = 0;
    for (const [file, loaded] of styleSheetsAt(imports, [
      'client/main.tsx',
      'client/recorded/main.tsx',
      'client/report.tsx',
    ])) {
      if (!file.startsWith('client/') || !file.endsWith('.tsx')) continue;
      for (const name of classesUsed(await readFile(join(root, file), 'utf8'))) {
        const those = sheets.get(name);
        if (those?.some((sheet) => loaded.has(sheet))) found++;
        else if (those) missing.push(`${file} uses .${name} without ${those.join(' or ')}`);
      }
    }
    expect(missing).toEqual([]);
    expect(found).toBeGreaterThan(500);
  }, 60_000);
});

/** `import.meta.glob` is Vite's own, unknown to dependency-cruiser. Returns the calls that import code of the server or scenarios. */
function globbedCode(source: string): string[] {
  const calls = source.match(/import\.meta\.glob\b[^(]*\([^)]*\)/g) ?? [];
  return calls.filter((call) => {
    const folders = call.match(/(?<=\.\.\/)(server|scenarios)\/\w+/g) ?? [];
    return (
      folders.length > 0 &&
      !(call.includes("'?raw'") && folders.every((folder) => /^server\/(app|weaknesses)$/.test(folder)))
    );
  });
}

test.each([
  ["import.meta.glob('../server/app/**/*.ts', { query: '?raw', import: 'default' })", 0],
  ["import.meta.glob<string>(['../server/app/*.ts', '!../server/app/*.test.ts'], { query: '?raw' })", 0],
  ["import.meta.glob('./panels/*.tsx')", 0],
  ["import.meta.glob('../server/app/**/*.ts')", 1],
  ["import.meta.glob(['./a/*', '../../server/lab/*.ts'], { query: '?raw' })", 1],
  ["import.meta.glob('../scenarios/engine/*.ts', { eager: true })", 1],
])('%s brings in code %i times', (source, times) => {
  expect(globbedCode(source)).toHaveLength(times);
});

test('the page globs the code of the server only as text, and only that of the app', async () => {
  for (const file of await filesOfPage('.ts', '.tsx')) {
    expect(globbedCode(await readFile(join(root, file), 'utf8')), file).toEqual([]);
  }
});
