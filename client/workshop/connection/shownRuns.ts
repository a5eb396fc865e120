/** The runs that a room is shown, each with a player that follows it. */
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import type { RunOpened, ShownRuns } from '../../../scenarios/engine/workshop.ts';
import { createClock } from '../../player/clock.ts';
import { createFollowedPlayer, type FollowedPlayer } from '../../player/followedPlayer.ts';
import { gatherFor, type Inbox } from '../../player/gather.ts';
import { type Comparison, createComparison } from '../../player/players.ts';

/** What is on the page: the player of one run, or of the vulnerable and the protected one. */
export interface OnPage {
  player: FollowedPlayer | Comparison;
  /** The players of the runs, one or two. */
  sides: readonly FollowedPlayer[];
}

export interface Runs {
  opened(run: RunOpened): void;
  event(run: string, event: TraceEvent): void;
  clock(run: string, now: number): void;
  /**
   * Takes what the room is shown now, and returns what is to be on the page: that, or what was there before while it stays.
   * @param stays whether the page keeps what it shows, because the learner looks around or the room is asked whether it is ready
   */
  show(shown: ShownRuns | null, stays: boolean): OnPage | null;
  /** The first run that the room is shown, also while the page shows another one. */
  leading(): FollowedPlayer | null;
  stop(): void;
}

interface Run {
  player: FollowedPlayer;
  inbox: Inbox;
}

export function createRuns(monotonic: () => number): Runs {
  /** By name, in the order in which they were opened. */
  const runs = new Map<string, Run>();
  let onPage: (OnPage & { names: string }) | null = null;
  let leading: FollowedPlayer | null = null;

  const drop = (name: string) => {
    runs.get(name)?.inbox.close();
    runs.delete(name);
  };
  /** What was opened before what is shown is not shown again: another run of the same scenario has another name. */
  const dropBefore = (shown: readonly string[]) => {
    const first = [...runs.keys()].findIndex((name) => shown.includes(name));
    for (const name of [...runs.keys()].slice(0, first)) drop(name);
  };

  return {
    opened: ({ run, header }) => {
      // After a lost connection it is told again.
      if (runs.has(run)) return;
      const player = createFollowedPlayer(header, createClock(monotonic));
      runs.set(run, { player, inbox: gatherFor(player.receive) });
    },
    event: (run, event) => runs.get(run)?.inbox.event(event),
    clock: (run, now) => runs.get(run)?.inbox.clock(now),
    show: (shown, stays) => {
      const found = shown?.runs.flatMap((name) => runs.get(name)?.player ?? []) ?? [];
      // Its opening has not arrived yet.
      if (!shown || found.length < shown.runs.length) return onPage;
      const names = shown.runs.join();
      if (names !== onPage?.names && !(stays && onPage)) {
        const [vulnerable, fixed] = found;
        const player = fixed ? createComparison({ vulnerable: vulnerable!, protected: fixed }) : vulnerable!;
        onPage = { player, sides: found, names };
        dropBefore(shown.runs);
      }
      leading = found[0]!;
      const { steps, selected } = shown;
      for (const [index, player] of found.entries()) player.lead({ steps, selected: index === 0 ? selected : null });
      return onPage;
    },
    leading: () => leading,
    stop: () => {
      for (const name of runs.keys()) drop(name);
    },
  };
}
