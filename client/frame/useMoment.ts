import { useMemo } from 'react';
import { useStore } from 'zustand';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { ScenarioOutline, TraceEvent, TraceHeader, Variant } from '../../scenarios/engine/trace.ts';
import { emptyView } from '../../scenarios/engine/view.ts';
import type { Moment } from '../panels/details/detailsState.ts';
import type { Player } from '../player/player.ts';
import { selectedExchange, viewOf } from '../player/state.ts';

/** The current moment of a player. */
export interface PlayerMoment extends Moment {
  player: Player;
  events: TraceEvent[];
  /** The events up to this moment. */
  visible: TraceEvent[];
  sids: string[];
}

/**
 * Returns the current moment of a player. Each part of it stays the same object until it changes, so that a memoized panel is
 * drawn again only if it shows something else.
 */
export function useMoment(player: Player, scenario: ScenarioOutline, variant: Variant = 'vulnerable'): PlayerMoment {
  const events = useStore(player.store, (state) => state.events);
  const selected = useStore(player.store, (state) => state.selected);
  const opened = useStore(player.store, viewOf);
  const view = useMemo(() => opened ?? emptyView(placeholder(scenario, variant)), [opened, scenario, variant]);
  const { position } = view;
  const visible = useMemo(() => events.slice(0, position), [events, position]);
  const sids = useSessionIds(events);
  const exchange = selectedExchange(view, selected);
  return useMemo(
    () => ({ player, view, events, position, visible, sids, exchange }),
    [player, view, events, position, visible, sids, exchange],
  );
}

/** Returns the same list until there is another session: every chip on the page depends on it. */
function useSessionIds(events: readonly TraceEvent[]): string[] {
  const sids = useMemo(() => sessionIds(events), [events]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the IDs themselves are what counts
  return useMemo(() => sids, [sids.join()]);
}

/** Returns a header to show while the first sandbox is opening: the scenario with no steps played. */
const placeholder = (scenario: ScenarioOutline, variant: Variant): TraceHeader => ({
  sandbox: '',
  scenario,
  variant,
  store: 'mock',
  address: '',
  namespace: '',
  pace: 'jump',
  limits: { idle: 1_800_000, absolute: 28_800_000 },
  users: [],
  startedAt: 0,
});
