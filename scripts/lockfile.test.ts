import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Entry {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const text = await readFile(new URL('../package-lock.json', import.meta.url), 'utf8');
const packages = Object.entries<Entry>(JSON.parse(text).packages);

test('package-lock.json holds no download addresses, so that npm uses the registry that is configured', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('package-lock.json lists the optional builds for every platform, without which npm ci fails', () => {
  const listed = new Set(packages.map(([path]) => path.split('node_modules/').at(-1)));
  const wanted = packages.flatMap(([, { optionalDependencies }]) => Object.keys(optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !listed.has(name))).toEqual([]);
});
