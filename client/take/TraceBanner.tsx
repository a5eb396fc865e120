import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import type { TraceHeader } from '../../scenarios/engine/trace.ts';
import { Link } from '../frame/Link.tsx';
import { SizeSwitch } from '../frame/SizeSwitch.tsx';
import { ThemeSwitch } from '../frame/ThemeSwitch.tsx';
import { TakeAway } from './TakeAway.tsx';
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
      <div className="header-icons">
        <TakeAway />
        <SizeSwitch />
        <ThemeSwitch />
        <Tooltip label="Keyboard">
          <ActionIcon variant="subtle" color="gray" aria-label="Keyboard" onClick={onHelp}>
            <IconKeyboard size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
