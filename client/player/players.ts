/** Which player the page shows: one, or two in lockstep. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createDuo, type Duo } from './duo.ts';
import type { Shown } from './place.ts';
import type { Player } from './player.ts';
import { choiceOf, stepsBefore } from './state.ts';

export interface Players {
  store: StoreApi<{ player: Player | Duo }>;
  /** Show that, without opening anything: for a page that is about to. */
  choose(shown: Shown): Player | Duo;
  /** Show another side of what is open, up to the moment being looked at. */
  show(shown: Shown): Promise<void>;
  /** End whatever is open. */
  close(): void;
}

export const isDuo = (player: Player | Duo): player is Duo => 'sides' in player;

/** What is shown: a variant, or both. */
export function shownOf(player: Player | Duo): Shown {
  return isDuo(player) ? 'both' : (choiceOf(player.store.getState())?.variant ?? 'vulnerable');
}

/** @param one the player that is alone on the page when only one is; @param second the other one, for the protected side */
export function createPlayers(one: Player, second: Player): Players {
  const duo = createDuo({ vulnerable: one, protected: second });
  const store = createStore<{ player: Player | Duo }>(() => ({ player: one }));

  const choose = (shown: Shown) => {
    const player = shown === 'both' ? duo : one;
    store.setState({ player });
    return player;
  };

  return {
    store,
    choose,
    show: async (shown) => {
      const before = store.getState().player;
      const choice = choiceOf(before.store.getState());
      if (!choice || shownOf(before) === shown) return;
      const steps = stepsBefore(before.store.getState());
      choose(shown);
      if (shown === 'both') {
        const opening = second.open({ ...choice, variant: 'protected' }, steps);
        await Promise.all([one.switchTo({ variant: 'vulnerable' }), opening]);
      } else {
        second.close();
        await one.switchTo({ variant: shown });
      }
    },
    close: () => {
      one.close();
      second.close();
    },
  };
}
