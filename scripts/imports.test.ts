import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cruise, root } from '../testing/cruise.ts';

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

// `npm test` leaves the check of the imports to this test, which has to look at all of them anyway.
test('this project follows the table, and no circle is between its folders', async () => {
  const { modules, summary } = await cruise(root);
  expect(summary.violations.map(({ rule, from, to }) => `${from} imports ${to}: ${rule.name}`)).toEqual([]);
  const isOurs = (file: string) => /^(server|client|scenarios)\//.test(file) && !/[.]test[.]tsx?$/.test(file);
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }): [string, string] => [source, resolved]),
  );
  expect(imports.length).toBeGreaterThan(1000);
  expect(folderCircles(imports.filter((files) => files.every(isOurs)))).toEqual([]);
}, 60_000);

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
  const client = join(root, 'client');
  for (const file of (await readdir(client, { recursive: true })).filter((name) => /\.tsx?$/.test(name))) {
    expect(globbedCode(await readFile(join(client, file), 'utf8')), file).toEqual([]);
  }
});
