/** For tests: the known differences one by one, and as a table. */
import type { KnownDifference, Occurrence } from '../../server/lab/chromium/knownDifferences.ts';

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
