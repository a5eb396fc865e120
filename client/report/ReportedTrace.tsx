import { useDocumentTitle } from '@mantine/hooks';
import { useEffect } from 'react';
import type { ReportedRun, ReportedScenario } from '../../scenarios/engine/report.ts';
import { HeaderIcons } from '../frame/Header.tsx';
import { Notice } from '../pages/Notice.tsx';
import { TraceView } from '../pages/TraceView.tsx';
import { listAddress } from './reportAddress.ts';
import '../pages/TracePage.css';
import './ReportedTrace.css';

interface Props {
  scenario: ReportedScenario;
  run: ReportedRun;
}

/** The trace of a run, opened at the first step that went wrong. */
export function ReportedTrace({ scenario, run }: Props) {
  const { trace, wrong } = run;
  useDocumentTitle(`${scenario.title}, ${run.name} · Report`);
  useEffect(() => {
    // In braces: in newer browsers it returns a promise, which React would take for a cleanup function.
    window.scrollTo(0, 0);
  }, []);
  const cannotBeShown = (
    <Notice
      title={scenario.title}
      sentence="This page cannot show something in this trace."
      action="All scenarios"
      onAction={() => location.assign(listAddress)}
    />
  );
  return (
    <TraceView
      trace={trace}
      steps={wrong === null ? 0 : wrong + 1}
      fallback={cannotBeShown}
      header={(onHelp) => <Banner scenario={scenario} run={run} onHelp={onHelp} />}
    />
  );
}

function Banner({ scenario, run, onHelp }: Props & { onHelp: () => void }) {
  const { name, holds, problems } = run;
  return (
    <header className="header trace-banner">
      <a className="header-brand" href={listAddress}>
        All scenarios
      </a>
      <p className="trace-banner-title">
        {scenario.title} {scenario.subtitle !== null && <span className="mute">{scenario.subtitle}</span>}
      </p>
      <p className="trace-banner-what report-state" data-holds={holds} title={problems.join(' ')}>
        <strong>
          <span aria-hidden="true">{holds ? '✓' : '✗'}</span> {name} {holds ? 'holds' : 'fails'}
        </strong>
        {problems.length > 0 && <span>{problems[0]}</span>}
      </p>
      <HeaderIcons onHelp={onHelp} />
    </header>
  );
}
