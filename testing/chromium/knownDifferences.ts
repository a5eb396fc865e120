import type { Variant } from '../../scenarios/engine/trace.ts';
import type { Difference } from '../../server/lab/chromium/compare.ts';

/** One difference in one play of a scenario. */
export interface Occurrence extends Pick<Difference, 'step' | 'what'> {
  scenario: string;
  variant: Variant;
}

/** Differences with one reason. */
export interface KnownDifference {
  scenario: string;
  variants: readonly Variant[];
  /** The step's title. */
  step: string;
  what: readonly string[];
  reason: string;
}

/**
 * The differences between the virtual browser and Chromium in the scenarios that are compared. A test fails on a difference
 * that is missing here, and on one that no longer occurs. docs/virtual-browser.md shows the table.
 */
export const knownDifferences: readonly KnownDifference[] = [];

export const occurrencesOf = ({ scenario, variants, step, what }: KnownDifference): Occurrence[] =>
  variants.flatMap((variant) => what.map((what) => ({ scenario, variant, step, what })));

/** Formats the table for docs/virtual-browser.md. */
export function asMarkdown(differences: readonly KnownDifference[]): string {
  if (differences.length === 0) return 'Currently there are none in these scenarios.';
  const rows = differences.map(({ scenario, variants, step, what, reason }) =>
    [scenario, variants.join(' and '), step, what.join(' and '), reason].join(' | '),
  );
  return ['Scenario | Variant | Step | What differs | Reason', '--- | --- | --- | --- | ---', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n');
}
