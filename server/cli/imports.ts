/** Which files a scenario depends on. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Scenario, setupFor } from '../../scenarios/engine/scenario.ts';
import type { Selected } from './selection.ts';

/** Returns the relative modules that a source imports, as written. */
export function importsIn(source: string): string[] {
  const statements = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]+)\1/g;
  return [...source.matchAll(statements)].map(([, , specifier]) => specifier!);
}

/** How files are read. */
export interface Files {
  read(file: string): string;
  exists(file: string): boolean;
}

const onDisk: Files = { read: (file) => readFileSync(file, 'utf8'), exists: existsSync };

/** Returns the files and everything that they import of ours and of the user, in turn. Those that cannot be read are there, too. */
export function withImports(starts: readonly string[], files: Files = onDisk): Set<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    if (!files.exists(file)) return;
    for (const specifier of importsIn(files.read(file))) {
      const imported = resolve(dirname(file), specifier);
      // TypeScript lets a file import another one by the name of the JavaScript that it becomes.
      const source = imported.replace(/\.js$/, '.ts');
      visit(files.exists(imported) ? imported : source);
    }
  };
  for (const start of starts) visit(start);
  return found;
}

/** Returns the files that decide what playing the scenario shows: its own, its weaknesses and repairs, and what they import. */
export function filesOf({ scenario, file }: Selected): Set<string> {
  const extension = extname(import.meta.url);
  const weaknesses = weaknessesOf(scenario).map((name) =>
    fileURLToPath(new URL(`../weaknesses/${name}${extension}`, import.meta.url)),
  );
  return withImports([file, ...weaknesses]);
}

function weaknessesOf(scenario: Scenario): string[] {
  const { weakness, repairs } = scenario;
  const apps = (['vulnerable', 'protected'] as const).flatMap((variant) =>
    Object.values(setupFor(scenario, variant).apps ?? {}),
  );
  const named = [weakness, ...(repairs?.decoys ?? []).map((decoy) => decoy.file), ...apps.map((app) => app.weakness)];
  return [...new Set(named.filter((name) => name !== undefined))];
}
