import { copyCurl } from '../panels/details/curl/copyCurl.ts';
import { useDetails } from '../panels/details/detailsState.ts';
import { shownOf } from '../player/players.ts';
import { usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import type { Command } from '../ui/keys.ts';
import { useKeys } from '../ui/useKeys.ts';
import type { Jump } from './useJump.ts';

const afterThis = { vulnerable: 'protected', protected: 'both', both: 'vulnerable' } as const;

/** The keys of the page while a scenario is played. */
export function useFrameKeys({ jump, onHelp }: { jump: Jump; onHelp: () => void }): void {
  const player = usePlayer();
  const players = usePlayers();
  const showTab = useDetails((state) => state.showTab);
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const commands: Record<Command, () => void> = {
    next: () => void player.next(),
    previous: player.previous,
    first: () => void player.goToStep(0),
    last: player.goLive,
    // A trace from a file has no other side.
    variant: () => recorded || void players.show(afterThis[shownOf(player)]),
    diff: () => showTab('diff'),
    copy: () => copyCurl(player),
    jump: jump.go,
    reset: () => void player.reset(),
    help: onHelp,
  };
  useKeys((command) => commands[command]());
}
