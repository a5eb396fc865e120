import { useMemo } from 'react';
import { useStore } from 'zustand';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import { emptyView } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline, TraceEvent, Variant } from '../../scenarios/engine/trace.ts';
import { unmade } from '../frame/unmade.ts';
import type { Moment } from '../panels/details/Details.tsx';
import type { Player } from '../player/player.ts';
import { selectedExchange, viewOf } from '../player/state.ts';

/** One of two players, and what is looked at in it. */
export interface Watched extends Moment {
  variant: Variant;
  player: Player;
  events: TraceEvent[];
  sids: string[];
  /** The events up to the moment being looked at. */
  seen: TraceEvent[];
}

/** The same object as long as the same is looked at. */
export function useSide(variant: Variant, player: Player, scenario: ScenarioOutline): Watched {
  const state = useStore(player.store);
  const { events, selected } = state;
  const position = viewOf(state)?.position ?? 0;
  const made = viewOf(state);
  // What stands in while its sandbox is being made.
  const view = useMemo(() => made ?? emptyView({ ...unmade(scenario), variant }), [made, scenario, variant]);
  return useMemo(
    () => ({
      variant,
      player,
      view,
      events,
      position,
      seen: events.slice(0, position),
      sids: sessionIds(events),
      exchange: selectedExchange(view, selected),
    }),
    [variant, player, view, events, position, selected],
  );
}
