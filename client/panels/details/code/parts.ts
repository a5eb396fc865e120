/** Which piece of the app is where, and which a weakness puts others in the place of: read off the files themselves. Pure. */
import { type Declaration, declarationsIn } from './syntax.ts';

export type Sources = Readonly<Record<string, string>>;

/** Lines of a file, the first and the last, counted from 1. */
export interface Excerpt {
  file: string;
  from: number;
  to: number;
}

const partsFile = 'server/app/parts.ts';

/** Where a weakness is, by its name. */
export const weaknessFile = (weakness: string) => `server/weaknesses/${weakness}.ts`;

/** The file that a name in this one is imported from; null where it comes from a package or is not imported. */
export function importedFrom(sources: Sources, file: string, name: string): string | null {
  for (const [, names = '', from = ''] of (sources[file] ?? '').matchAll(
    /^import (?:type )?([^;]*?) from '([^']*)';$/gm,
  )) {
    const local = names
      .replace(/[{}]/g, '')
      .split(',')
      .map((one) => one.trim().replace(/^.* as /, ''));
    if (local.includes(name)) return from.startsWith('.') ? new URL(from, `file:///${file}`).pathname.slice(1) : null;
  }
  return null;
}

export function excerptOf(file: string, { from, to }: Declaration): Excerpt {
  return { file, from, to };
}

export function declarationOf(sources: Sources, file: string, name: string): Excerpt | null {
  const found = declarationsIn(sources[file] ?? '').find((declaration) => declaration.name === name);
  return found ? excerptOf(file, found) : null;
}

/** The part of that name as the protected app has it; null when there is none. */
export function partOf(sources: Sources, name: string): Excerpt | null {
  const file = importedFrom(sources, partsFile, name);
  if (file !== null) return declarationOf(sources, file, name);
  // A part that is a package, as the framework is, stands in the table itself.
  const line = (sources[partsFile] ?? '').split('\n').findIndex((text) => text.startsWith(`  ${name}: `)) + 1;
  return line > 0 ? { file: partsFile, from: line, to: line } : null;
}

export interface Replacement {
  part: string;
  /** In the weakness's file. */
  weak: Excerpt;
  /** What it is in the place of. */
  usual: Excerpt;
}

/** The parts that a weakness replaces, in its own order: it exports them under the names they have in parts.ts. */
export function replacements(sources: Sources, weakness: string): Replacement[] {
  const file = weaknessFile(weakness);
  return declarationsIn(sources[file] ?? '').flatMap((declaration) => {
    const usual = declaration.exported && declaration.name !== null ? partOf(sources, declaration.name) : null;
    return usual ? [{ part: declaration.name!, weak: excerptOf(file, declaration), usual }] : [];
  });
}

/** What else a weakness's file has besides the parts and what it imports: their helpers. */
export function helpersOf(sources: Sources, weakness: string): Excerpt[] {
  const file = weaknessFile(weakness);
  const replaced = replacements(sources, weakness).map(({ weak }) => weak.from);
  return declarationsIn(sources[file] ?? '')
    .filter(({ kind, from }) => kind !== 'import' && !replaced.includes(from))
    .map((declaration) => excerptOf(file, declaration));
}
