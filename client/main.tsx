import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import './theme.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createClock } from './player/clock.ts';
import { createPlayer } from './player/player.ts';
import { followWith } from './player/stream.ts';
import { PlayerContext } from './player/usePlayer.ts';
import { createApi } from './serverApi.ts';
import { cssVariablesResolver, theme } from './theme.ts';

// As a method of anything but the window, fetch throws.
const send: typeof fetch = (...request) => fetch(...request);
const api = createApi(send);
const player = createPlayer({
  api,
  follow: followWith(EventSource, send),
  clock: createClock(() => performance.now()),
});

// A page that only rests in the browser's history comes back; any other is gone, and its sandbox with it.
window.addEventListener('pagehide', ({ persisted }) => {
  if (!persisted) player.close();
});

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
    <PlayerContext value={player}>
      <App api={api} />
    </PlayerContext>
  </MantineProvider>,
);
