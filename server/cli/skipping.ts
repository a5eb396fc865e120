import { type Scenario, storesOf } from '../../scenarios/engine/scenario.ts';
import { notPlayed } from '../lab/chromium/notPlayed.ts';
import type { Plan } from './reporter.ts';

/** Returns why a scenario is not played on this store and in this browser, as sentences; null when it is. */
export function whySkipped(scenario: Scenario, { store, browser }: Pick<Plan, 'store' | 'browser'>): string | null {
  if (!storesOf(scenario).includes(store)) return `It needs real Redis (--redis real). ${scenario.needsRealRedis}`;
  const reason = browser === undefined ? undefined : notPlayed[scenario.slug];
  return reason === undefined ? null : `It is not played in a real browser: ${reason}.`;
}
