import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import './ui/theme.css';
import './ui/base.css';
import './ui/zoom.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createClock } from './player/clock.ts';
import { createPlayer } from './player/player.ts';
import { createPlayers } from './player/players.ts';
import { createApi } from './player/serverApi.ts';
import { followWith } from './player/stream.ts';
import { PlayersContext } from './player/usePlayer.ts';
import { createProgress, learnFrom, showSize, storageKey } from './progress/progressStore.ts';
import { ProgressContext } from './progress/useProgress.ts';
import { followRoom } from './ui/room.ts';
import { cssVariablesResolver, theme } from './ui/theme.ts';

// As a method of anything but the window, fetch throws.
const send: typeof fetch = (...request) => fetch(...request);
const api = createApi(send);
const follow = followWith(EventSource, send);
const newPlayer = () => createPlayer({ api, follow, clock: createClock(() => performance.now()) });
const [player, second] = [newPlayer(), newPlayer()];
const players = createPlayers(player, second);

const progress = createProgress(() => localStorage);
for (const { store } of [player, second]) learnFrom(store, progress);
showSize(progress.store, document.documentElement);
const root = document.getElementById('root')!;
followRoom(root, document.documentElement);
window.addEventListener('storage', ({ key }) => {
  if (key === storageKey || key === null) progress.refresh();
});

// A page that only rests in the browser's history comes back; any other is gone, and its sandbox with it.
window.addEventListener('pagehide', ({ persisted }) => {
  if (!persisted) players.close();
});

createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
    <ProgressContext value={progress}>
      <PlayersContext value={players}>
        <App api={api} />
      </PlayersContext>
    </ProgressContext>
  </MantineProvider>,
);
