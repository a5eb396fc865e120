/** The player in React. */
import { createContext, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Duo } from './duo.ts';
import type { Player } from './player.ts';
import type { Players } from './players.ts';
import type { PlayerState } from './state.ts';

export const PlayersContext = createContext<Players | null>(null);
export const PlayerContext = createContext<Player | Duo | null>(null);

export function usePlayers(): Players {
  const players = use(PlayersContext);
  if (!players) throw new Error('A component that says what is played must be inside PlayersContext.');
  return players;
}

export function usePlayer(): Player | Duo {
  const player = use(PlayerContext);
  if (!player) throw new Error('A component that plays must be inside PlayerContext.');
  return player;
}

/** A part of the player's state; draws again when that part changes. */
export function usePlayerState<Part>(part: (state: PlayerState) => Part): Part {
  return useStore(usePlayer().store, part);
}

const tickMs = 200;

/** Sandbox milliseconds at the moment being looked at, five times a second while time runs. */
export function useNow(): number {
  const player = usePlayer();
  const runs = usePlayerState(({ cursor, status }) => cursor === null && status === 'ready');
  const [, tick] = useState(0);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, [runs]);
  return player.now();
}
