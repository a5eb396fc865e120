import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/mantine.css';
import './ui/theme.css';
import './ui/base.css';
import './ui/zoom.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App, type WorkshopPages } from './App.tsx';
import { keepDetails } from './panels/details/keptDetails.ts';
import type { Api } from './player/serverApi.ts';
import type { Follow } from './player/stream.ts';
import { ApiContext, FollowContext } from './player/useApi.ts';
import { createProgress, showSize, storageKey } from './progress/progressStore.ts';
import { ProgressContext } from './progress/useProgress.ts';
import { followRoom } from './ui/room.ts';
import { theme } from './ui/theme.ts';

/** Draws the page, which plays what `api` opens and `follow` follows. */
export function mount(api: Api, follow: Follow, workshop: WorkshopPages | null): void {
  const progress = createProgress(() => localStorage);
  showSize(progress.store, document.documentElement);
  keepDetails(() => localStorage);
  const root = document.getElementById('root')!;
  followRoom(root, document.documentElement);
  window.addEventListener('storage', ({ key }) => {
    if (key === storageKey || key === null) progress.refresh();
  });

  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ProgressContext value={progress}>
        <ApiContext value={api}>
          <FollowContext value={follow}>
            <App workshop={workshop} />
          </FollowContext>
        </ApiContext>
      </ProgressContext>
    </MantineProvider>,
  );
}
