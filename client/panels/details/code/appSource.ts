/** The source files of the app and its weaknesses, and where its parts are in them. */
import { declarationsIn } from './syntax.ts';

const files = import.meta.glob<string>(
  ['../../../../server/{app,weaknesses}/**/*.ts', '!../../../../server/**/*.test.ts', '!../../../../server/**/*.d.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** The text of each file by its path in the repository, such as `server/app/app.ts`. These are the files that run. */
export const sources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/^(?:\.\.\/)+/, ''), text]),
);

/** Returns the text of a file, or '' when this copy of the app does not have it. */
export const sourceOf = (file: string) => sources[file] ?? '';

/** The first and the last line of a piece of a file. Lines count from 1. */
export interface Excerpt {
  file: string;
  from: number;
  to: number;
}

/** A part of the app, or the function that reads its settings. */
export interface Replacement {
  part: string;
  /** In the file of the weakness. */
  weak: Excerpt;
  /** In the app. */
  usual: Excerpt;
}

export const appFile = 'server/app/app.ts';

/** Returns the path of a weakness. */
export const weaknessFile = (weakness: string) => `server/weaknesses/${weakness}.ts`;

/** Returns the parts that a weakness replaces. Its file exports each one under its name in the app. */
export function replacements(weakness: string): Replacement[] {
  const file = weaknessFile(weakness);
  return declarationsIn(sourceOf(file)).flatMap(({ name, exported, from, to }) => {
    const usual = exported && name !== null ? definitionOf(name) : null;
    return usual ? [{ part: name!, weak: { file, from, to }, usual }] : [];
  });
}

/** Returns everything else in the file of a weakness, except for its imports. */
export function helpersOf(weakness: string): Excerpt[] {
  const file = weaknessFile(weakness);
  const replaced = replacements(weakness).map(({ weak }) => weak.from);
  return declarationsIn(sourceOf(file))
    .filter(({ kind, from }) => kind !== 'import' && !replaced.includes(from))
    .map(({ from, to }) => ({ file, from, to }));
}

/** Has the code that runs before the app has parts. */
const settingsFile = 'server/app/settings.ts';

/**
 * Returns where a name is defined: in the file that app.ts imports it from, in app.ts itself, or in settings.ts. For a
 * package, such as `express`, this is its import in app.ts. Returns null for an unknown name.
 */
export function definitionOf(name: string): Excerpt | null {
  for (const file of [importedFrom(sourceOf(appFile), appFile, name) ?? appFile, settingsFile]) {
    const found = declarationsIn(sourceOf(file)).find((declaration) => declaration.name === name);
    if (found) return { file, from: found.from, to: found.to };
  }
  return null;
}

/**
 * Returns the file from which a file imports a name. Returns null when the name comes from a package, or is not imported.
 * @param source the text of `file`
 */
export function importedFrom(source: string, file: string, name: string): string | null {
  for (const [, names = '', from = ''] of source.matchAll(/^import (?:type )?([^;]*?) from '([^']*)';$/gm)) {
    const local = names
      .replace(/[{}]/g, '')
      .split(',')
      .map((one) => one.trim().replace(/^.* as /, ''));
    if (local.includes(name)) return from.startsWith('.') ? new URL(from, `file:///${file}`).pathname.slice(1) : null;
  }
  return null;
}
