import { useMemo, useState } from 'react';
import { toNextExpiry } from '../player/expiries.ts';
import { viewOf } from '../player/state.ts';
import { usePlayer } from '../player/usePlayer.ts';

const minute = 60_000;

/** How far a jump in time goes: to just before something expires, or by a length in ms. */
export const distances = [
  { value: 'expiry', label: 'to 5 s before the next expiry', ms: null },
  { value: '10s', label: 'by 10 seconds', ms: 10_000 },
  { value: '1min', label: 'by 1 minute', ms: minute },
  { value: '10min', label: 'by 10 minutes', ms: 10 * minute },
  { value: '1h', label: 'by 1 hour', ms: 60 * minute },
] as const;

export interface Jump {
  distance: string;
  choose(distance: string): void;
  go(): void;
}

/** The chosen distance of a jump from the moment being looked at, and the jump. */
export function useJump(): Jump {
  const player = usePlayer();
  const [distance, choose] = useState<string>(distances[0].value);
  return useMemo(() => {
    const go = () => {
      const view = viewOf(player.store.getState());
      if (!view) return;
      const ms = distances.find(({ value }) => value === distance)?.ms ?? toNextExpiry(view, player.now());
      void player.act({ do: 'jump-time', ms });
    };
    return { distance, choose, go };
  }, [player, distance]);
}
