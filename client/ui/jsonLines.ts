/** JSON as lines, and what changed between two of them. */

export type LineMark = 'added' | 'removed' | 'changed' | null;

export interface MarkedLine {
  text: string;
  mark: LineMark;
  /** What a changed line was before. */
  was?: string;
}

/** The text as indented JSON, one line per property; as it is when it is not JSON. */
export function jsonLines(text: string): string[] {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split('\n');
  } catch {
    return text.split('\n');
  }
}

/** More cells than this are not compared one by one: the panel must not stall on a value of thousands of lines. */
const mostCells = 250_000;

/**
 * The lines of `after`, marked against `before`, with the lines that are gone in between. A line that has the same JSON key
 * on both sides is one changed line. A comma that only came or went with a neighbour is no change.
 */
export function markLines(before: readonly string[], after: readonly string[]): MarkedLine[] {
  const same = (a: string, b: string) => withoutComma(a) === withoutComma(b);
  let start = 0;
  while (start < before.length && start < after.length && same(before[start]!, after[start]!)) start++;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && same(before.at(-1 - end)!, after.at(-1 - end)!)) end++;
  const plain = (text: string): MarkedLine => ({ text, mark: null });
  return [
    ...after.slice(0, start).map(plain),
    ...joinChanged(compare(before.slice(start, before.length - end), after.slice(start, after.length - end), same)),
    ...after.slice(after.length - end).map(plain),
  ];
}

/** By the longest common subsequence: the fewest lines that were removed and added. */
function compare(before: string[], after: string[], same: (a: string, b: string) => boolean): MarkedLine[] {
  const removed = (text: string): MarkedLine => ({ text, mark: 'removed' });
  const added = (text: string): MarkedLine => ({ text, mark: 'added' });
  if (before.length * after.length > mostCells) return [...before.map(removed), ...after.map(added)];
  const common = before.map(() => new Array<number>(after.length + 1).fill(0));
  common.push(new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i]![j] = same(before[i]!, after[j]!)
        ? common[i + 1]![j + 1]! + 1
        : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: MarkedLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && same(before[i]!, after[j]!)) {
      lines.push({ text: after[j]!, mark: null });
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push(removed(before[i++]!));
    } else {
      lines.push(added(after[j++]!));
    }
  }
  return lines;
}

function joinChanged(lines: MarkedLine[]): MarkedLine[] {
  const joined: MarkedLine[] = [];
  const taken = new Set<MarkedLine>();
  for (const line of lines) {
    if (taken.has(line)) continue;
    const key = line.mark === 'removed' ? keyOf(line.text) : null;
    const now = key === null ? undefined : lines.find(({ mark, text }) => mark === 'added' && keyOf(text) === key);
    if (now && !taken.has(now)) {
      taken.add(now);
      joined.push({ text: now.text, mark: 'changed', was: oldValue(line.text) });
    } else {
      joined.push(line);
    }
  }
  return joined;
}

const withoutComma = (line: string) => line.replace(/,$/, '');
/** With its indentation: the same name at another depth is another property. */
const keyOf = (line: string) => /^(\s*"(?:[^"\\]|\\.)*"):/.exec(line)?.[1] ?? null;
const oldValue = (line: string) => withoutComma(line.replace(/^\s*"(?:[^"\\]|\\.)*":\s*/, ''));
