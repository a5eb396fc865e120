import type { Variant } from '../../../scenarios/engine/trace.ts';

/** Differences with one reason. */
export interface KnownDifference {
  scenario: string;
  variants: readonly Variant[];
  /** The step's title. */
  step: string;
  what: readonly string[];
  reason: string;
}

/** One difference in one play of a scenario. */
export interface Occurrence {
  scenario: string;
  variant: Variant;
  step: string;
  what: string;
}

/**
 * The differences between the virtual browser and Chromium in the scenarios that can be played in both. A test fails on a
 * difference that is missing here, and on one that no longer occurs. docs/virtual-browser.md shows the table.
 */
export const knownDifferences: readonly KnownDifference[] = [];

/** Returns why the two browsers differ there; undefined when nobody knows. */
export function reasonFor({ scenario, variant, step, what }: Occurrence, known = knownDifferences): string | undefined {
  const found = known.find(
    (one) =>
      one.scenario === scenario && one.variants.includes(variant) && one.step === step && one.what.includes(what),
  );
  return found?.reason;
}
