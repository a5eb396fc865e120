/** Parts of the page that are loaded when they are needed, or before that, when the browser has nothing else to do. */
import { useEffect, useState } from 'react';

export interface Lazy<Part> {
  /** What was loaded; null until then. */
  current: Part | null;
  /** Rejects when it cannot be had; asked again, it tries again. */
  load(): Promise<Part>;
}

/** @param load such as `() => import('./Heavy.tsx')` */
export function lazily<Part>(load: () => Promise<Part>): Lazy<Part> {
  const lazy: Lazy<Part> = {
    current: null,
    load: async () => {
      lazy.current ??= await load();
      return lazy.current;
    },
  };
  return lazy;
}

/** The part as soon as it is here; `problem` when it cannot be loaded, and `again` to try it once more. */
export function useLazy<Part>(lazy: Lazy<Part>): { part: Part | null; problem: boolean; again: () => void } {
  const [part, setPart] = useState(lazy.current);
  const [problem, setProblem] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is one more
  useEffect(() => {
    let wanted = true;
    setProblem(false);
    lazy.load().then(
      (loaded) => wanted && setPart(() => loaded),
      () => wanted && setProblem(true),
    );
    return () => {
      wanted = false;
    };
  }, [lazy, tries]);
  return { part, problem, again: () => setTries(tries + 1) };
}

/** Load them while nothing else happens, so that they are here when the server no longer is. */
export function useInAdvance(parts: readonly Lazy<unknown>[]): void {
  useEffect(() => {
    const load = () => {
      // What cannot be had now is asked for again when it is needed, and the reason told there.
      for (const part of parts) part.load().catch(() => {});
    };
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(load, 1000);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(load, { timeout: 3000 });
    return () => cancelIdleCallback(idle);
  }, [parts]);
}
