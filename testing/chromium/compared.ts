import { scenarios } from '../../scenarios/index.ts';
import { notPlayed } from '../../server/lab/chromium/notPlayed.ts';

/** The scenarios that are not compared, with the reason. docs/virtual-browser.md lists them. */
export const notCompared: Readonly<Record<string, string>> = {
  ...notPlayed,
  'eviction-logs-everyone-out': 'it needs real Redis',
  'store-outage-fail-closed': 'it needs real Redis',
};

/** The scenarios that are compared. */
export const compared = scenarios.map(({ slug }) => slug).filter((slug) => !(slug in notCompared));
