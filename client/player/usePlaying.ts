import { use, useMemo } from 'react';
import { stepsStarted } from './state.ts';
import { SurroundingsContext } from './surroundings.ts';
import { usePlayer } from './usePlayer.ts';

/** Returns what plays steps and starts again, after the page around the player was asked. A move to a past moment needs no asking. */
export function usePlaying() {
  const player = usePlayer();
  const { beforeStep, onReset } = use(SurroundingsContext);
  return useMemo(() => {
    const started = () => stepsStarted(player.store.getState().events);
    const atEnd = () => player.store.getState().cursor === null;
    return {
      next: () => void ((!atEnd() || beforeStep()) && player.next()),
      runToEnd: () => void (beforeStep() && player.runToEnd()),
      goToStep: (steps: number) => void ((steps <= started() || beforeStep()) && player.goToStep(steps)),
      reset: () => onReset(() => void player.reset()),
    };
  }, [player, beforeStep, onReset]);
}
