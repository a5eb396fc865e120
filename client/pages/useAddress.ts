/** The address bar says what is looked at, so that reloading and sharing lead to the same place. */
import { useEffect } from 'react';
import { searchOf } from '../player/place.ts';
import { shownOf } from '../player/players.ts';
import { choiceOf, currentSteps } from '../player/state.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { slugIn } from '../ui/address.ts';

export function useAddress(slug: string): void {
  const player = usePlayer();
  const search = usePlayerState((state) => {
    const choice = choiceOf(state);
    // While a sandbox is being made, how many of its steps will be played is not in the trace yet.
    if (choice?.scenario !== slug || state.busy === 'opening') return null;
    const { store, pace } = choice;
    return searchOf({ shown: shownOf(player), store, pace, step: currentSteps(state) });
  });
  useEffect(() => {
    if (search === null || slugIn(location.pathname) !== slug) return;
    history.replaceState(history.state, '', `${location.pathname}?${search}${location.hash}`);
  }, [slug, search]);
}
