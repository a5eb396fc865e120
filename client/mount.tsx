import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/mantine.css';
import './ui/theme.css';
import './ui/base.css';
import './ui/zoom.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { keepDetails } from './panels/details/keptDetails.ts';
import { createClock } from './player/clock.ts';
import { createPlayer } from './player/player.ts';
import { createPlayers } from './player/players.ts';
import type { Api } from './player/serverApi.ts';
import type { Follow } from './player/stream.ts';
import { ApiContext } from './player/useApi.ts';
import { PlayersContext } from './player/usePlayer.ts';
import { createProgress, learnFrom, showSize, storageKey } from './progress/progressStore.ts';
import { ProgressContext } from './progress/useProgress.ts';
import { followRoom } from './ui/room.ts';
import { theme } from './ui/theme.ts';

/** Draws the page, which plays what `api` opens and `follow` follows. */
export function mount(api: Api, follow: Follow): void {
  const newPlayer = () => createPlayer({ api, follow, clock: createClock(() => performance.now()) });
  const [first, second] = [newPlayer(), newPlayer()];
  const players = createPlayers(first, second);

  const progress = createProgress(() => localStorage);
  for (const { store } of [first, second]) learnFrom(store, progress);
  showSize(progress.store, document.documentElement);
  keepDetails(() => localStorage);
  const root = document.getElementById('root')!;
  followRoom(root, document.documentElement);
  window.addEventListener('storage', ({ key }) => {
    if (key === storageKey || key === null) progress.refresh();
  });

  // A page that is kept in the back/forward cache can be shown again. Any other page is closed, and so are its sandboxes.
  window.addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) players.close();
  });

  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ProgressContext value={progress}>
        <ApiContext value={api}>
          <PlayersContext value={players}>
            <App />
          </PlayersContext>
        </ApiContext>
      </ProgressContext>
    </MantineProvider>,
  );
}
