/** The addresses within a report: `#` is the list, `#/<slug>/<run>` the trace of a run. */
import type { Report, ReportedRun, ReportedScenario } from '../../scenarios/engine/report.ts';

export const listAddress = '#/';

export const addressOfRun = ({ slug }: Pick<ReportedScenario, 'slug'>, { name }: Pick<ReportedRun, 'name'>): string =>
  `#/${slug}/${name}`;

/** Returns the run at an address; null for every other address. Those show the list. */
export function runAt(address: string, { scenarios }: Report): { scenario: ReportedScenario; run: ReportedRun } | null {
  for (const scenario of scenarios) {
    const run = scenario.runs.find((one) => addressOfRun(scenario, one) === address);
    if (run) return { scenario, run };
  }
  return null;
}
