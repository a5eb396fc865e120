import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect } from 'react';
import { appName } from '../../scenarios/engine/repairs.ts';
import type { Trace, TraceHeader } from '../../scenarios/engine/trace.ts';
import { closeTrace, TraceFileButton, useOpenedTrace } from '../export/openTrace.tsx';
import { HeaderIcons } from '../frame/Header.tsx';
import { Link } from '../ui/Link.tsx';
import { Notice } from './Notice.tsx';
import { PagePlayers } from './PagePlayers.tsx';
import { TraceView } from './TraceView.tsx';
import './TracePage.css';

/** Shows a trace from a file, read only and without a server; or how to open one. */
export function TracePage() {
  const { trace, fileName, problem } = useOpenedTrace();
  useDocumentTitle(`${trace ? trace.header.scenario.title : 'Open a trace'} · Session Sandbox`);
  if (trace) {
    return (
      <PagePlayers>
        <OpenedTrace key={fileName} fileName={fileName} trace={trace} />
      </PagePlayers>
    );
  }
  return (
    <TraceFileButton>
      {(props) => (
        <Notice
          title="Open a trace"
          sentence={
            problem ??
            'Drop a trace file anywhere on this page: one exported here, or written by the command line with --trace. Only this page reads it; it is not sent anywhere.'
          }
          action="Choose a file"
          onAction={props.onClick}
        />
      )}
    </TraceFileButton>
  );
}

function OpenedTrace({ fileName, trace }: { fileName: string; trace: Trace }) {
  useEffect(() => {
    // In braces: in newer browsers it returns a promise, which React would take for a cleanup function.
    window.scrollTo(0, 0);
  }, []);
  const cannotBeShown = (
    <Notice
      title="Open a trace"
      sentence={`${fileName} is a trace, but this page cannot show something in it.`}
      action="Close it"
      onAction={closeTrace}
    />
  );
  return (
    <TraceView
      trace={trace}
      fallback={cannotBeShown}
      header={(onHelp) => <TraceBanner fileName={fileName} header={trace.header} onHelp={onHelp} />}
    />
  );
}

interface BannerProps {
  fileName: string;
  header: TraceHeader;
  onHelp: () => void;
}

/** The header of a trace: what is shown, and a button that closes it. */
function TraceBanner({ fileName, header, onHelp }: BannerProps) {
  const { scenario, store, browser, startedAt } = header;
  const recorded = new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <header className="header trace-banner">
      <Link to="/" className="header-brand">
        Session Sandbox
      </Link>
      <p className="trace-banner-title">
        {scenario.title} {scenario.subtitle && <span className="mute">{scenario.subtitle}</span>}
      </p>
      <p className="trace-banner-what" title={fileName}>
        <strong>Recorded trace, read only</strong>
        <span>
          {header.told ? 'Check of an app' : `${appName(header)}, ${store} Redis`}, {browser && `${browser}, `}
          {recorded}
        </span>
      </p>
      <Button size="compact-sm" variant="default" onClick={closeTrace}>
        Close trace
      </Button>
      <HeaderIcons onHelp={onHelp} />
    </header>
  );
}
