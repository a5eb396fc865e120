import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import type { Player } from '../player/player.ts';
import { type PlayerState, positionOf } from '../player/state.ts';

/** One of two players: its state, and the events up to the moment being looked at. */
export function useSide(player: Player): { state: PlayerState; seen: TraceEvent[] } {
  const state = useStore(player.store);
  const { events } = state;
  const position = positionOf(state);
  const seen = useMemo(() => events.slice(0, position), [events, position]);
  return { state, seen };
}
