import { Component, type ReactNode, useMemo } from 'react';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { Frame } from '../frame/Frame.tsx';
import { createTracePlayer } from '../player/tracePlayer.ts';
import { PlayerContext } from '../player/usePlayer.ts';

interface Props {
  trace: Trace;
  /** How many steps are played when it opens. Default: none, as a scenario begins. */
  steps?: number;
  /** What is shown instead when the trace cannot be drawn. */
  fallback: ReactNode;
  /** Draws the header. `onHelp` opens the list of keys. */
  header: (onHelp: () => void) => ReactNode;
}

/** All panels over a recorded trace, read only and without a server. */
export function TraceView({ trace, steps = 0, fallback, header }: Props) {
  const player = useMemo(() => {
    const player = createTracePlayer(trace);
    void player.goToStep(steps);
    return player;
  }, [trace, steps]);
  return (
    <ErrorBoundary key={trace.header.sandbox} fallback={fallback}>
      <PlayerContext value={player}>
        <Frame scenario={trace.header.scenario} header={header} />
      </PlayerContext>
    </ErrorBoundary>
  );
}

interface BoundaryProps {
  children: ReactNode;
  fallback: ReactNode;
}

/** Shows the fallback if its children throw while they are drawn. React has no hook for that. */
class ErrorBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
