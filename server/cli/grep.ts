import type { Scenario } from '../../scenarios/engine/scenario.ts';

/** What the words of a scenario must have. */
export interface Grep {
  /** As typed. */
  typed: string;
  matches(text: string): boolean;
}

/** Reads a text, or a regular expression between slashes. Returns undefined when it is neither. */
export function readGrep(typed: string): Grep | undefined {
  const [, pattern, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(typed) ?? [];
  if (pattern === undefined) {
    const text = typed.toLowerCase();
    return text.trim() === '' ? undefined : { typed, matches: (found) => found.toLowerCase().includes(text) };
  }
  try {
    // With g or y, a match would depend on the one before.
    const expression = new RegExp(pattern, flags.replace(/[gy]/g, ''));
    return { typed, matches: (found) => expression.test(found) };
  } catch {
    return undefined;
  }
}

/** Returns whether one of the texts that a scenario is found by matches. */
export const grepped = (
  { slug, title, subtitle = '', question, synonyms = [] }: Scenario,
  { matches }: Grep,
): boolean => [slug, title, subtitle, question, ...synonyms].some(matches);
