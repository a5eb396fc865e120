/** The page of `--reporter html`: one file that shows the traces within it, opened from a disk. */
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/mantine.css';
import './ui/theme.css';
import './ui/base.css';
import './ui/zoom.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import type { Report } from '../scenarios/engine/report.ts';
import { keepDetails } from './panels/details/keptDetails.ts';
import { createClock } from './player/clock.ts';
import { createPlayer } from './player/player.ts';
import { createPlayers } from './player/players.ts';
import { createApi } from './player/serverApi.ts';
import { PlayersContext } from './player/usePlayer.ts';
import { createProgress, showSize } from './progress/progressStore.ts';
import { ProgressContext } from './progress/useProgress.ts';
import { ReportPage } from './report/ReportPage.tsx';
import { followRoom } from './ui/room.ts';
import { theme } from './ui/theme.ts';

const written = document.getElementById('report')?.textContent;
const report: Report | null = written ? JSON.parse(written) : null;

// Traces are read only: nothing is ever sent.
const nowhere = async (): Promise<never> => {
  throw new Error('A report has no server.');
};
const newPlayer = () =>
  createPlayer({ api: createApi(nowhere), follow: () => () => {}, clock: createClock(() => performance.now()) });
const players = createPlayers(newPlayer(), newPlayer());

const progress = createProgress(() => localStorage);
showSize(progress.store, document.documentElement);
keepDetails(() => localStorage);
const root = document.getElementById('root')!;
followRoom(root, document.documentElement);

createRoot(root).render(
  <MantineProvider theme={theme} defaultColorScheme="auto">
    <ProgressContext value={progress}>
      <PlayersContext value={players}>
        <ReportPage report={report} />
      </PlayersContext>
    </ProgressContext>
  </MantineProvider>,
);
