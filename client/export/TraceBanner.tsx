import { Button } from '@mantine/core';
import type { TraceHeader } from '../../scenarios/engine/trace.ts';
import { HeaderIcons } from '../frame/HeaderIcons.tsx';
import { Link } from '../ui/Link.tsx';
import './TraceBanner.css';

interface Props {
  /** The file's. */
  name: string;
  header: TraceHeader;
  onHelp: () => void;
  onClose: () => void;
}

/** The head of the page over a trace from a file: what is shown, and the way out. */
export function TraceBanner({ name, header, onHelp, onClose }: Props) {
  const { scenario, variant, store, startedAt } = header;
  const recorded = new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <header className="header trace-banner">
      <Link to="/" className="header-brand">
        Session Sandbox
      </Link>
      <p className="trace-banner-title">{scenario.title}</p>
      <p className="trace-banner-what" title={name}>
        <strong>Recorded trace, read only</strong>
        <span>
          {variant} app, {store} Redis, {recorded}
        </span>
      </p>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        Close trace
      </Button>
      <HeaderIcons onHelp={onHelp} />
    </header>
  );
}
