import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runName } from '../../../scenarios/engine/repairs.ts';
import type { Report, ReportedRun, ReportedScenario } from '../../../scenarios/engine/report.ts';
import { WrongUsage } from '../errors.ts';
import { flakiness, type Output, type Reporter, type Run, runHolds } from '../reporter.ts';
import { resultsOf } from './results.ts';

/** Where the traces go in the built page. */
const place = '<!-- report -->';

/** Writes the page with the traces in it: one file that needs no server. */
export function htmlReporter({ write }: Pick<Output, 'write'>, template: string): Reporter {
  const scenarios: ReportedScenario[] = [];
  return {
    started() {},
    played({ slug, title, subtitle = null }, runs) {
      scenarios.push({ slug, title, subtitle, skipped: null, runs: runs.map(runOf) });
    },
    skipped({ slug, title, subtitle = null }, skipped) {
      scenarios.push({ slug, title, subtitle, skipped, runs: [] });
    },
    finished({ holds, ms, stopped, slow = null }) {
      write(fill(template, { holds, ms, stopped, slow, scenarios }));
    },
  };
}

function runOf(run: Run): ReportedRun {
  const { trace, ms } = run;
  const wrong = resultsOf(run).filter(({ message }) => message !== null);
  const first = wrong.find(({ index }) => index < trace.header.scenario.steps.length);
  const steps = wrong.map(({ index, message }) => `Step ${index + 1}: ${message}`);
  const problems = flakiness(run) === null ? steps : [...steps.slice(0, -1), flakiness(run)!];
  return { name: runName(trace.header), holds: runHolds(run), ms, wrong: first?.index ?? null, problems, trace };
}

/** Returns the page with the report in it. */
export function fill(template: string, report: Report): string {
  const [before, after] = template.split(place);
  if (before === undefined || after === undefined) throw new Error(`The page of the report has no ${place}.`);
  return `${before}<script type="application/json" id="report">${inScript(report)}</script>${after}`;
}

/** JSON in an element `script`, which `</script` would end and `<!--` would continue. */
export const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** @throws WrongUsage when the page was not built */
export function readTemplate(): string {
  // The JavaScript that was built from this file is in dist/, too.
  const built = import.meta.url.endsWith('.js') ? '../../../client/report.html' : '../../../dist/client/report.html';
  const file = fileURLToPath(new URL(built, import.meta.url));
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new WrongUsage('--reporter html needs the built page. Build it first: npm run build');
}
