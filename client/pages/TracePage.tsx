import { FileButton } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { openTrace, useOpened } from '../export/openedTrace.ts';
import { TraceBanner } from '../export/TraceBanner.tsx';
import { Frame } from '../frame/Frame.tsx';
import { createTracePlayer } from '../player/tracePlayer.ts';
import { PlayerContext } from '../player/usePlayer.ts';
import { navigate } from '../ui/address.ts';
import { Fallible } from './Fallible.tsx';
import { Notice } from './Notice.tsx';
import { usePageTitle } from './usePageTitle.ts';

const close = () => {
  useOpened.setState({ trace: null, problem: null });
  navigate('/');
};

/** A trace from a file, read only, with no server behind it; or how to open one. */
export function TracePage() {
  const { trace, problem } = useOpened();
  usePageTitle(trace ? trace.trace.header.scenario.title : 'Open a trace');
  if (trace) return <OpenedTrace key={trace.name} name={trace.name} trace={trace.trace} />;
  return (
    <FileButton accept=".json,application/json" onChange={(file) => file && void openTrace(file)}>
      {(props) => (
        <Notice
          title="Open a trace"
          sentence={
            problem ??
            'Drop a trace file anywhere on this page: one saved here under Take away, or written by the command line with --trace. It is read by this page alone; nothing is sent anywhere.'
          }
          action="Choose a file"
          onAction={props.onClick}
        />
      )}
    </FileButton>
  );
}

function OpenedTrace({ name, trace }: { name: string; trace: Trace }) {
  const player = useMemo(() => createTracePlayer(trace), [trace]);
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  const cannot = (
    <Notice
      title="Open a trace"
      sentence={`${name} has the form of a trace, and something in it that this page cannot draw.`}
      action="Close it"
      onAction={close}
    />
  );
  return (
    <Fallible key={trace.header.sandbox} instead={cannot}>
      <PlayerContext value={player}>
        <Frame
          scenario={trace.header.scenario}
          header={(onHelp) => <TraceBanner name={name} header={trace.header} onHelp={onHelp} onClose={close} />}
        />
      </PlayerContext>
    </Fallible>
  );
}
