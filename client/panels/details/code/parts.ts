/** Finds the parts of the app, and what a weakness replaces, by reading the source files as text. */
import { type Declaration, declarationsIn } from './syntax.ts';

/** The text of each file by its path in the repository, such as `server/app/app.ts`. */
export type Sources = Readonly<Record<string, string>>;

/** The first and the last line of a piece of a file. Lines count from 1. */
export interface Excerpt {
  file: string;
  from: number;
  to: number;
}

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
export function replacements(sources: Sources, weakness: string): Replacement[] {
  const file = weaknessFile(weakness);
  const parts = partNames(sources);
  return declarationsIn(sources[file] ?? '').flatMap((declaration) => {
    const { name, exported } = declaration;
    const usual = exported && name !== null && parts.includes(name) ? definitionOf(sources, name) : null;
    return usual ? [{ part: name!, weak: excerptOf(file, declaration), usual }] : [];
  });
}

/** Returns everything else in the file of a weakness, except for its imports. */
export function helpersOf(sources: Sources, weakness: string): Excerpt[] {
  const file = weaknessFile(weakness);
  const replaced = replacements(sources, weakness).map(({ weak }) => weak.from);
  return declarationsIn(sources[file] ?? '')
    .filter(({ kind, from }) => kind !== 'import' && !replaced.includes(from))
    .map((declaration) => excerptOf(file, declaration));
}

/**
 * Returns where a name in app.ts is defined: in the file that app.ts imports it from, or in app.ts itself. For a
 * package, such as `express`, this is its import. Returns null for an unknown name.
 */
export function definitionOf(sources: Sources, name: string): Excerpt | null {
  const file = importedFrom(sources, appFile, name) ?? appFile;
  const declaration = declarationsIn(sources[file] ?? '').find((one) => one.name === name);
  return declaration ? excerptOf(file, declaration) : null;
}

/** Returns the file from which a file imports a name. Returns null when it comes from a package, or is not imported. */
export function importedFrom(sources: Sources, file: string, name: string): string | null {
  const imports = (sources[file] ?? '').matchAll(/^import (?:type )?([^;]*?) from '([^']*)';$/gm);
  for (const [, names = '', from = ''] of imports) {
    const local = names
      .replace(/[{}]/g, '')
      .split(',')
      .map((one) => one.trim().replace(/^.* as /, ''));
    if (local.includes(name)) return from.startsWith('.') ? new URL(from, `file:///${file}`).pathname.slice(1) : null;
  }
  return null;
}

/** Returns the names in the table `defaultParts` of app.ts. */
function partNames(sources: Sources): string[] {
  const table = /^export const defaultParts: Parts = \{(.*?)^\};/ms.exec(sources[appFile] ?? '')?.[1] ?? '';
  return table.match(/\w+/g) ?? [];
}

function excerptOf(file: string, { from, to }: Declaration): Excerpt {
  return { file, from, to };
}
