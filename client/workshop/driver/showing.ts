/** Shows the room what the driver's player shows. */
import type { DriveAction } from '../../../scenarios/engine/workshop.ts';
import type { Player } from '../../player/player.ts';
import { type Comparison, isComparison } from '../../player/players.ts';
import type { PlayerState } from '../../player/state.ts';

export type Show = Omit<Extract<DriveAction, { do: 'show' }>, 'do'>;

/** Returns what the room is to be shown of a player; null while that is opening, or there is nothing to show. */
export function shownBy(player: Player | Comparison): Show | null {
  const states = isComparison(player)
    ? [player.sides.vulnerable.store.getState(), player.sides.protected.store.getState()]
    : [player.store.getState()];
  const sandboxes = states.flatMap(openIn);
  const [first] = states;
  if (!first || sandboxes.length < states.length) return null;
  return { sandboxes, steps: first.cursor, selected: first.selected };
}

/** A sandbox that is about to be replaced is shown until then; one that has ended is not. */
const openIn = ({ status, sandbox, busy }: PlayerState): string[] =>
  status === 'ready' && sandbox && busy !== 'opening' ? [sandbox.id] : [];

/**
 * Returns a function that sends what is to be shown, one request at a time: whatever comes while one is under way is sent after it, and
 * of several only the last.
 *
 * @param send resolves when the server has answered; it never rejects
 */
export function createShowing(send: (show: Show) => Promise<void>): (show: Show) => void {
  let sent = '';
  let waiting: Show | null = null;
  let busy = false;

  const run = async () => {
    busy = true;
    while (waiting) {
      const next = waiting;
      waiting = null;
      const text = JSON.stringify(next);
      if (text === sent) continue;
      sent = text;
      await send(next);
    }
    busy = false;
  };

  return (show) => {
    waiting = show;
    if (!busy) void run();
  };
}
