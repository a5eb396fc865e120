import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Entry {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const text = await readFile(new URL('../package-lock.json', import.meta.url), 'utf8');
const packages = Object.entries<Entry>(JSON.parse(text).packages);

test('package-lock.json names no address: whoever installs uses the registry of their own choice', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('package-lock.json lists the builds for every platform: npm ci refuses to install from it otherwise', () => {
  const listed = new Set(packages.map(([path]) => path.split('node_modules/').at(-1)));
  const wanted = packages.flatMap(([, { optionalDependencies }]) => Object.keys(optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !listed.has(name))).toEqual([]);
});
