import { createClock } from '../player/clock.ts';
import { createPlayer } from '../player/player.ts';
import { createPlayers, type Players } from '../player/players.ts';
import type { Api } from '../player/serverApi.ts';
import type { Follow } from '../player/stream.ts';
import { learnFrom, type Progress } from '../progress/progressStore.ts';

/** Returns the players of a page, which play what `api` opens and `follow` follows. Their sandboxes end with the page. */
export function createPagePlayers(api: Api, follow: Follow, progress: Progress): Players {
  const newPlayer = () => createPlayer({ api, follow, clock: createClock(() => performance.now()) });
  const [first, second] = [newPlayer(), newPlayer()];
  for (const { store } of [first, second]) learnFrom(store, progress);
  const players = createPlayers(first, second);
  // A page that is kept in the back/forward cache can be shown again. Any other page is closed, and so are its sandboxes.
  window.addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) players.close();
  });
  return players;
}
