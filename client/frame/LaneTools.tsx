import type { View } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { useDetails } from '../panels/details/detailsState.ts';
import { StoreFaults } from '../panels/play/StoreFaults.tsx';
import { canAct } from '../player/state.ts';
import { usePlayerState } from '../player/usePlayer.ts';

/** What stands at the head of the Redis lane. A newcomer sees no buttons there: they come with free play. */
export function LaneTools({ view, events }: { view: View; events: readonly TraceEvent[] }) {
  const { tab, size } = useDetails();
  const ready = usePlayerState(canAct);
  return <StoreFaults view={view} events={events} offered={ready && tab === 'play' && size !== 'closed'} />;
}
