import type { Report, ReportedRun, ReportedScenario } from '../../scenarios/engine/report.ts';
import { PageHead } from '../pages/PageHead.tsx';
import '../pages/page.css';
import { addressOfRun } from './reportAddress.ts';
import './ReportList.css';

/** The scenarios of a report, those that went wrong first, each run a link to its trace. */
export function ReportList({ report }: { report: Report }) {
  const { scenarios, stopped, slow } = report;
  const wrong = scenarios.filter(({ runs }) => runs.some(({ holds }) => !holds));
  const skipped = scenarios.filter((scenario) => scenario.skipped !== null);
  const right = scenarios.filter((scenario) => !wrong.includes(scenario) && !skipped.includes(scenario));
  return (
    <div className="page report">
      <PageHead title={headline(report)}>
        <p className="page-lead">{counts(report)}</p>
        {stopped !== null && <p className="report-stopped">Not everything was played: {stopped}</p>}
        {slow !== null && <p className="report-slow">{slow}</p>}
      </PageHead>
      <main>
        <Scenarios title="Not as expected" scenarios={wrong} />
        <Scenarios title="As expected" scenarios={right} />
        <Scenarios title="Skipped" scenarios={skipped} />
      </main>
    </div>
  );
}

function headline({ holds, scenarios }: Report): string {
  if (holds) return 'All hold';
  const failed = scenarios.flatMap(({ runs }) => runs).filter((run) => !run.holds).length;
  if (failed === 0) return 'Not everything was played';
  return `${failed} ${failed === 1 ? 'run is' : 'runs are'} not as expected`;
}

function counts({ scenarios, ms }: Report): string {
  const runs = scenarios.reduce((sum, scenario) => sum + scenario.runs.length, 0);
  const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return `${counted(scenarios.length, 'scenario')}, ${counted(runs, 'run')}, ${(ms / 1000).toFixed(1)} s. Each run is a recorded trace: open it to step through its requests, cookies and Redis commands.`;
}

function Scenarios({ title, scenarios }: { title: string; scenarios: readonly ReportedScenario[] }) {
  if (scenarios.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="report-count">{scenarios.length}</span>
      </h2>
      <ul className="report-list">
        {scenarios.map((scenario) => (
          <li key={scenario.slug}>
            <p className="report-title">
              {scenario.title} {scenario.subtitle !== null && <span className="report-about">{scenario.subtitle}</span>}
            </p>
            {scenario.skipped !== null ? (
              <p className="report-about">{scenario.skipped}</p>
            ) : (
              <ul className="report-runs">
                {scenario.runs.map((run) => (
                  <RunLink key={run.name} scenario={scenario} run={run} />
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RunLink({ scenario, run }: { scenario: ReportedScenario; run: ReportedRun }) {
  const { name, holds, problems } = run;
  return (
    <li data-holds={holds}>
      <a href={addressOfRun(scenario, run)}>
        <span aria-hidden="true">{holds ? '✓' : '✗'}</span> {name} {holds ? 'holds' : 'fails'}
      </a>
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
    </li>
  );
}
