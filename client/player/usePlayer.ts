/** The player in React, and sandbox time as it passes. */
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Player } from './player.ts';
import type { Comparison, Players } from './players.ts';
import type { PlayerState } from './state.ts';

export const PlayersContext = createContext<Players | null>(null);
export const PlayerContext = createContext<Player | Comparison | null>(null);

export function usePlayers(): Players {
  const players = use(PlayersContext);
  if (!players) throw new Error('usePlayers needs a PlayersContext around the component.');
  return players;
}

export function usePlayer(): Player | Comparison {
  const player = use(PlayerContext);
  if (!player) throw new Error('usePlayer needs a PlayerContext around the component.');
  return player;
}

/** Returns a part of the player's state. Renders again when that part changes. */
export function usePlayerState<Part>(part: (state: PlayerState) => Part): Part {
  return useStore(usePlayer().store, part);
}

const tickMs = 200;

/** Returns the sandbox time in ms at the current moment. Renders again five times a second while time passes. */
export function useNow(): number {
  useTicking((now) => Math.floor(now / tickMs));
  return usePlayer().now();
}

/**
 * Returns what `read` computes from the sandbox time in ms. Computes it five times a second, but renders again only when the
 * result changes (by `Object.is`).
 */
export function useTicking<Result extends string | number | boolean | null>(read: (now: number) => Result): Result {
  const player = usePlayer();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [onTick(listener), player.store.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [player],
  );
  const current = () => read(player.now());
  // The third argument is for rendering without a browser, which the tests of the scenarios do.
  return useSyncExternalStore(subscribe, current, current);
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls the listener on each tick. One timer serves the whole page, however many countdowns it has. */
function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
