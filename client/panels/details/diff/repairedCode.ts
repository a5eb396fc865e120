/** What a repair changes in the code of the weakness. Pure. */

import { definitionOf, type Excerpt, helpersOf, replacements, sourceOf } from '../code/appSource.ts';
import { highlighted, type Token } from '../code/syntax.ts';
import type { SourceLine } from './DiffLines.tsx';

export interface RepairedPart {
  /** The name of the part; null for what else is in the two files. */
  part: string | null;
  weak: SourceLine[];
  usual: SourceLine[];
}

/**
 * Returns the parts that differ between the app with the weakness and the app with a repair, without comments, file names and
 * line numbers: they would tell which repair is the fix.
 * @param repair the file of the repair; null for the fix
 */
export function repairedCode(weakness: string, repair: string | null): RepairedPart[] {
  const weakened = new Map(replacements(weakness).map(({ part, weak }) => [part, weak]));
  const repaired = new Map(repair === null ? [] : replacements(repair).map(({ part, weak }) => [part, weak]));
  const parts = [...new Set([...weakened.keys(), ...repaired.keys()])].map((part) => ({
    part,
    weak: codeOf(weakened.get(part) ?? definitionOf(part)),
    usual: codeOf(repaired.get(part) ?? definitionOf(part)),
  }));
  const others = {
    part: null,
    weak: helpersOf(weakness).flatMap(codeOf),
    usual: repair === null ? [] : helpersOf(repair).flatMap(codeOf),
  };
  return [...parts, others].filter(({ weak, usual }) => textOf(weak) !== textOf(usual));
}

const codeOf = (excerpt: Excerpt | null): SourceLine[] =>
  excerpt === null
    ? []
    : highlighted(sourceOf(excerpt.file))
        .slice(excerpt.from - 1, excerpt.to)
        .map((line) => line.filter(({ style }) => !style.includes('tok-comment')))
        .filter((line) => line.some(({ text }) => text.trim() !== ''))
        .map((tokens) => ({ tokens, number: null }));

const textOf = (lines: readonly SourceLine[]) =>
  lines.map(({ tokens }) => tokens.map(({ text }: Token) => text).join('')).join('\n');
