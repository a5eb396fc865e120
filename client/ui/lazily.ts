/** Modules that are loaded when they are needed, or earlier while the browser is idle. */
import { useEffect, useState } from 'react';

export interface Lazy<Part> {
  /** What was loaded; null until then. */
  current: Part | null;
  /** Loads the module once. Rejects when it cannot be loaded; the next call tries again. */
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

/** Loads a module and returns it as `part`. `problem` is true when it cannot be loaded; `again` tries once more. */
export function useLazy<Part>(lazy: Lazy<Part>): { part: Part | null; problem: boolean; again: () => void } {
  const [, setLoaded] = useState(lazy.current);
  const [problem, setProblem] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try must load again
  useEffect(() => {
    let mounted = true;
    setProblem(false);
    lazy.load().then(
      (part) => mounted && setLoaded(() => part),
      () => mounted && setProblem(true),
    );
    return () => {
      mounted = false;
    };
  }, [lazy, tries]);
  // Not the state: it is still the module before when the component is given another one.
  return { part: lazy.current, problem, again: () => setTries(tries + 1) };
}

/** Milliseconds in which the page that was asked for gets ready, and is not kept from it by what nobody has asked for. */
const readyIn = 2000;

/**
 * Loads modules one after the other while the browser is idle, so that the page still has them when the server stops. It begins
 * when the page has been there for two seconds.
 */
export function useInAdvance(parts: readonly Lazy<unknown>[]): void {
  useEffect(() => {
    let mounted = true;
    const start = setTimeout(async () => {
      for (const part of parts) {
        await untilIdle();
        if (!mounted) return;
        // A failure is not shown here: `useLazy` loads the module again when it is needed, and shows the problem.
        await part.load().catch(() => {});
      }
    }, readyIn);
    return () => {
      mounted = false;
      clearTimeout(start);
    };
  }, [parts]);
}

const untilIdle = () =>
  new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 3000 });
    else setTimeout(resolve, 100);
  });
