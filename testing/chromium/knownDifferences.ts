import type { Variant } from '../../scenarios/engine/trace.ts';

/** One difference in one play of a scenario. */
export interface Occurrence {
  scenario: string;
  variant: Variant;
  /** The step's title. */
  step: string;
  /** What is not alike, in the words of `differences`. */
  what: string;
}

/** Differences that have one reason to stay. */
export interface KnownDifference {
  scenario: string;
  variants: readonly Variant[];
  step: string;
  what: readonly string[];
  reason: string;
}

/**
 * Where the virtual browser is not like Chromium in the scenarios of the cookie chapter. A test fails on a difference that is not
 * here, and on one that is here and no longer occurs. docs/virtual-browser.md shows the table.
 */
export const knownDifferences: readonly KnownDifference[] = [];

export const occurrencesOf = ({ scenario, variants, step, what }: KnownDifference): Occurrence[] =>
  variants.flatMap((variant) => what.map((what) => ({ scenario, variant, step, what })));

/** The table as docs/virtual-browser.md has it. */
export function asMarkdown(differences: readonly KnownDifference[]): string {
  if (differences.length === 0) return 'At present there is none.';
  const rows = differences.map(({ scenario, variants, step, what, reason }) =>
    [scenario, variants.join(' and '), step, what.join(' and '), reason].join(' | '),
  );
  return ['Scenario | Variant | Step | What differs | Reason', '--- | --- | --- | --- | ---', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n');
}
