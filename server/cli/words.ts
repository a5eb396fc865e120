/** Numbers in words, and what somebody may have meant. */
import { closestMatch } from 'leven';

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
