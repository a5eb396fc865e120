import type { ReactNode } from 'react';
import { createClock } from '../player/clock.ts';
import { createPlayer } from '../player/player.ts';
import { createPlayers, type Players } from '../player/players.ts';
import type { Api } from '../player/serverApi.ts';
import type { Follow } from '../player/stream.ts';
import { useApi, useFollow } from '../player/useApi.ts';
import { PlayersContext } from '../player/usePlayer.ts';
import { learnFrom, type Progress } from '../progress/progressStore.ts';
import { useProgress } from '../progress/useProgress.ts';

/** One page has one pair of players for what it asks, whichever of its parts is drawn: a scenario goes on from the one before. */
const known = new WeakMap<Api, Players>();

/** Gives what is drawn in it the players of the page. They are loaded with the first page that plays something. */
export function PagePlayers({ children }: { children: ReactNode }) {
  const api = useApi();
  const follow = useFollow();
  const progress = useProgress();
  const players = known.get(api) ?? createPagePlayers(api, follow, progress);
  known.set(api, players);
  return <PlayersContext value={players}>{children}</PlayersContext>;
}

/** Returns players that play what `api` opens and `follow` follows. Their sandboxes end with the page. */
function createPagePlayers(api: Api, follow: Follow, progress: Progress): Players {
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
