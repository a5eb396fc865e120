import { useEffect, useState } from 'react';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';

/** What free play has to offer, asked for again whenever the app starts anew; null until it is known. */
export function usePlayOffer(): FreePlayOffer | null {
  const player = usePlayer();
  const sandbox = usePlayerState((state) => (state.status === 'ready' ? state.sandbox?.id : undefined));
  const restarts = usePlayerState(({ events }) => events.filter(({ type }) => type === 'restart').length);
  const [known, know] = useState<{ sandbox: string; offer: FreePlayOffer } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another app may run after a restart
  useEffect(() => {
    if (sandbox === undefined) return;
    let wanted = true;
    void player.playOffer().then((offer) => offer && wanted && know({ sandbox, offer }));
    return () => {
      wanted = false;
    };
  }, [player, sandbox, restarts]);
  return known && known.sandbox === sandbox ? known.offer : null;
}
