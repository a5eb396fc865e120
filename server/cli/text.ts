/** Text as a terminal shows it, measured in columns: 你 or an emoji takes two, an accent none. */
import { closestMatch } from 'leven';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Adds spaces up to that number of columns. */
export function fill(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** Breaks the text into lines of at most that many columns, between words where possible. */
export function wrap(text: string, columns: number): string[] {
  return wrapAnsi(text, columns, { hard: true }).split('\n');
}

/** Formats milliseconds: "54 ms", "1.2 s". */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Formats a number of things: "1 run", "8 runs". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Returns " Did you mean …?", or nothing when more than a third of the letters would have to change. */
export function didYouMean(typed: string, candidates: readonly string[]): string {
  const meant = closestMatch(typed.toLowerCase(), candidates, { maxDistance: Math.ceil(typed.length / 3) });
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}
