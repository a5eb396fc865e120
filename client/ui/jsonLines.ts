/** JSON as lines of text, and the changes between two of them. */
import { diffArrays } from 'diff';
import type { Mark } from '../../scenarios/engine/marks.ts';

export interface MarkedLine {
  text: string;
  mark: Mark | null;
  /** The old value of a changed line. */
  was?: string;
}

/** What is nested deeper stays in one line: four thousand levels, each indented, would be megabytes of spaces. */
const deepest = 40;

/** Returns a text as indented JSON, one property a line. Text that is not JSON keeps its own lines. */
export function jsonLines(text: string): string[] {
  try {
    return linesOf(JSON.parse(text), 0, '');
  } catch {
    return text.split('\n');
  }
}

/** As JSON.stringify(value, null, 2) does it, up to the deepest level. */
function linesOf(value: unknown, depth: number, name: string): string[] {
  const indent = '  '.repeat(depth);
  const entries = typeof value === 'object' && value !== null && depth < deepest ? Object.entries(value) : [];
  if (entries.length === 0) return [`${indent}${name}${JSON.stringify(value)}`];
  const list = Array.isArray(value);
  const inner = entries.flatMap(([key, item], index) => {
    const lines = linesOf(item, depth + 1, list ? '' : `${JSON.stringify(key)}: `);
    if (index < entries.length - 1) lines[lines.length - 1] += ',';
    return lines;
  });
  return [`${indent}${name}${list ? '[' : '{'}`, ...inner, `${indent}${list ? ']' : '}'}`];
}

/** With more differences than this, every line counts as replaced: a comparison of thousands of lines would block the page. */
const maxEditLength = 500;

/**
 * Returns the lines of `after`, marked by how they differ from `before`, and the removed lines among them. A line with the same
 * JSON key on both sides counts as changed. A comma at its end does not count.
 */
export function markLines(before: readonly string[], after: readonly string[]): MarkedLine[] {
  const comparator = (one: string, other: string) => withoutComma(one) === withoutComma(other);
  const parts = diffArrays([...before], [...after], { comparator, maxEditLength }) ?? [
    { value: [...before], removed: true },
    { value: [...after], added: true },
  ];
  const lines = parts.flatMap(({ value, removed, added }) =>
    value.map((text): MarkedLine => ({ text, mark: removed ? 'removed' : added ? 'added' : null })),
  );
  return joinChanged(lines);
}

/** Replaces a removed and an added line with the same JSON key by one changed line. */
function joinChanged(lines: readonly MarkedLine[]): MarkedLine[] {
  // Reversed, because the first line with a key wins.
  const added = new Map(
    lines.toReversed().flatMap((line) => (line.mark === 'added' ? [[keyOf(line.text), line]] : [])),
  );
  const joined = new Set<MarkedLine>();
  return lines.flatMap((line): MarkedLine[] => {
    if (joined.has(line)) return [];
    const key = keyOf(line.text);
    const now = line.mark === 'removed' && key !== null ? added.get(key) : undefined;
    if (!now || joined.has(now)) return [line];
    joined.add(now);
    return [{ text: now.text, mark: 'changed', was: oldValue(line.text) }];
  });
}

const withoutComma = (line: string) => line.replace(/,$/, '');
/** Returns the JSON key with its indentation, because a key at another depth is another property; null without a key. */
const keyOf = (line: string) => /^(\s*"(?:[^"\\]|\\.)*"):/.exec(line)?.[1] ?? null;
const oldValue = (line: string) => withoutComma(line.replace(/^\s*"(?:[^"\\]|\\.)*":\s*/, ''));
