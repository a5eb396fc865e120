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
import { createApi } from './player/serverApi.ts';
import { followWith } from './player/stream.ts';
import { PlayersContext } from './player/usePlayer.ts';
import { createProgress, learnFrom, showSize, storageKey } from './progress/progressStore.ts';
import { ProgressContext } from './progress/useProgress.ts';
import { followRoom } from './ui/room.ts';
import { theme } from './ui/theme.ts';

// Called as a method of another object, fetch would throw.
const send: typeof fetch = (...request) => fetch(...request);
const api = createApi(send);
const follow = followWith(EventSource, send);
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
      <PlayersContext value={players}>
        <App api={api} />
      </PlayersContext>
    </ProgressContext>
  </MantineProvider>,
);
