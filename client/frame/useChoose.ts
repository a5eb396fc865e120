import { useCallback } from 'react';
import { useDetails } from '../panels/details/detailsState.ts';
import type { Player } from '../player/player.ts';

/** Returns a function that selects the request of a row in the diagram, and opens the details of what that row shows. */
export function useChoose(player: Player): (request: number, seq: number) => void {
  const { showChosen } = useDetails();
  return useCallback(
    (id, seq) => {
      const { events } = player.store.getState();
      const sent = events.find((event) => event.type === 'request' && event.id === id);
      const row = events[seq];
      player.select(id);
      if (sent?.type === 'request') showChosen(sent, row?.type === 'command' ? row.id : null);
    },
    [player, showChosen],
  );
}
