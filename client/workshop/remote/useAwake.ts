import { useEffect } from 'react';

/** Keeps the screen on where the browser can: not on a page that was loaded over plain http from another machine. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    // Refused when the battery is low. The page works without it.
    const hold = async () => {
      lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    };
    const again = () => document.visibilityState === 'visible' && void hold();
    void hold();
    document.addEventListener('visibilitychange', again);
    return () => {
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
