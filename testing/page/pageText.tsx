/** For tests: what the page says about a recorded trace, drawn without a browser. */
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Frame } from '../../client/frame/Frame.tsx';
import { Identity } from '../../client/panels/identity/Identity.tsx';
import { Steps } from '../../client/panels/steps/Steps.tsx';
import type { Player } from '../../client/player/player.ts';
import { createPlayers } from '../../client/player/players.ts';
import { viewOf } from '../../client/player/state.ts';
import { createTracePlayer } from '../../client/player/tracePlayer.ts';
import { PlayerContext, PlayersContext } from '../../client/player/usePlayer.ts';
import { createProgress } from '../../client/progress/progressStore.ts';
import { ProgressContext } from '../../client/progress/useProgress.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';

/** Returns the text of the page at the moment after `steps` steps: a line for each element that has text. */
export const pageText = (trace: Trace, steps: number): string =>
  draw(trace, steps, () => <Frame scenario={trace.header.scenario} header={() => null} />);

/** Returns only the text of the panel Steps, which is drawn in a tenth of the time. */
export const stepsText = (trace: Trace, steps: number): string =>
  draw(trace, steps, (player) => (
    <Steps view={viewOf(player.store.getState())!} onGoTo={() => {}} onDiff={() => {}} onOtherVariant={null} />
  ));

/** Returns only the text of the picture of who is who. */
export const pictureText = (trace: Trace, steps: number): string =>
  draw(trace, steps, (player) => (
    <Identity view={viewOf(player.store.getState())!} sids={[]} replay={{ play: null, again: () => {} }} />
  ));

/** @throws Error when a component cannot draw the trace */
function draw(trace: Trace, steps: number, draws: (player: Player) => ReactNode): string {
  const player = createTracePlayer(trace);
  void player.goToStep(steps);
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <ProgressContext value={createProgress(noStorage)}>
        <PlayersContext value={createPlayers(player, player)}>
          <PlayerContext value={frozen(player)}>{draws(player)}</PlayerContext>
        </PlayersContext>
      </ProgressContext>
    </MantineProvider>,
  );
  // A name in its color stands within a line.
  const inLine = markup.replace(/<span class="actor-name"[^>]*>(.*?)<\/span>/gs, '$1').replace(/<wbr\/?>/g, '');
  const lines = inLine.replace(/<style.*?<\/style>|<[^>]*>/gs, '\n').split('\n');
  return lines.flatMap((line) => decoded(line.trim()) || []).join('\n');
}

/** React asks a store for its first state when it draws without a browser. Here that is the moment to be drawn. */
function frozen(player: Player): Player {
  return { ...player, store: { ...player.store, getInitialState: player.store.getState } };
}

function noStorage(): never {
  throw new Error('There is no storage without a browser.');
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

const decoded = (text: string) => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => characters[name]!);
