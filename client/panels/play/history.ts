/** Lines typed before, to go through with the arrow keys. Pure. */
export interface History {
  /** Oldest first. */
  lines: readonly string[];
  /** How far back one has gone: 0 is the line being typed. */
  back: number;
  /** What was being typed before one went back. */
  kept: string;
}

export const noHistory: History = { lines: [], back: 0, kept: '' };

const most = 100;

export function typed({ lines }: History, line: string): History {
  const rest = lines.at(-1) === line ? lines : [...lines, line];
  return { lines: rest.slice(-most), back: 0, kept: '' };
}

/**
 * One line further back (1) or forward (-1).
 * @returns the history and the line to show
 */
export function gone(history: History, by: 1 | -1, now: string): [History, string] {
  const { lines } = history;
  const kept = history.back === 0 ? now : history.kept;
  const back = Math.min(Math.max(0, history.back + by), lines.length);
  return [{ lines, back, kept }, back === 0 ? kept : lines.at(-back)!];
}
