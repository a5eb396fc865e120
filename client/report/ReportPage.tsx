import { useSyncExternalStore } from 'react';
import type { Report } from '../../scenarios/engine/report.ts';
import { ReportedTrace } from './ReportedTrace.tsx';
import { ReportList } from './ReportList.tsx';
import { runAt } from './reportAddress.ts';
import '../pages/Notice.css';

/** All scenarios of a report with their states, or the trace of one run. The address within the page says which. */
export function ReportPage({ report }: { report: Report | null }) {
  const address = useSyncExternalStore(subscribe, () => location.hash);
  if (report === null) {
    return (
      <main className="notice">
        <h1>Report</h1>
        <p>There is no report in this page. Write one with: session-sandbox run --reporter html=report.html</p>
      </main>
    );
  }
  const shown = runAt(address, report);
  return shown ? <ReportedTrace key={address} {...shown} /> : <ReportList report={report} />;
}

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
