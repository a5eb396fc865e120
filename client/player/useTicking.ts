/** What changes while time goes by, drawn anew only when what it says does. */
import { useCallback, useSyncExternalStore } from 'react';
import { usePlayer } from './usePlayer.ts';

const tickMs = 200;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for the whole page, however many countdowns there are. */
function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * What `read` makes of the sandbox's time at the moment being looked at, five times a second while time runs.
 * @param read gets sandbox ms; its result is compared with `Object.is`
 */
export function useTicking<Said extends string | number | boolean | null>(read: (now: number) => Said): Said {
  const player = usePlayer();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [onTick(listener), player.store.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [player],
  );
  const current = () => read(player.now());
  return useSyncExternalStore(subscribe, current, current);
}
