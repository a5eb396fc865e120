import { memo } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { Lifetimes } from '../panels/lifetimes/Lifetimes.tsx';
import { useNow } from '../player/usePlayer.ts';

interface Props {
  view: View;
  events: TraceEvent[];
  position: number;
  sids: string[];
  /** The moment after so many steps. */
  onGoTo: (steps: number) => void;
}

/** The lifetimes, drawn again as time runs, without the rest of the page. */
export const LifetimesStrip = memo(function LifetimesStrip({ view, events, position, sids, onGoTo }: Props) {
  const now = useNow();
  return (
    <Lifetimes
      view={view}
      events={events}
      position={position}
      now={now}
      sids={sids}
      onSeek={(step) => onGoTo(step + 1)}
    />
  );
});
