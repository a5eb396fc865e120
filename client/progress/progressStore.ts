/**
 * The learner's progress and the presentation size, kept in this browser. None of it is sent anywhere. It does not use React.
 */
import { createJSONStorage, persist } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { View } from '../../scenarios/engine/read.ts';
import type { Answer } from '../../scenarios/engine/trace.ts';
import { neverThrowing, type TextStorage } from '../ui/storage.ts';
import { type AllProgress, noProgress, parseProgress, predictionKey } from './progress.ts';

export interface ProgressState {
  progress: AllProgress;
  /** Whether everything is shown in the size for a projector. */
  presenting: boolean;
  /** The explanations that the learner has read and closed. */
  seen: readonly string[];
  /** The predictions in this page's sandboxes, by `guessKey`. They are not stored. */
  guesses: Readonly<Record<string, Answer>>;
}

type Stored = Pick<ProgressState, 'progress' | 'presenting' | 'seen'>;

export interface Progress {
  store: StoreApi<ProgressState>;
  /** Predicts the answer of a step. A later guess replaces an earlier one until the step is played. */
  guess(view: View, step: number, answer: Answer): void;
  /** Records what a view shows: which guesses were right, and whether the scenario was played to the end. */
  learn(view: View): void;
  present(on: boolean): void;
  /** Notes that an explanation was read, so that it is not shown again. */
  see(explanation: string): void;
  /** Deletes what was played and predicted. */
  clear(): void;
  /** Reads the storage again, because another tab has written to it. */
  refresh(): void;
}

/** The key in the browser's storage. */
export const storageKey = 'session-sandbox';

/** @param open returns the browser's storage; may throw, as `localStorage` does if cookies are blocked */
export function createProgress(open: () => TextStorage): Progress {
  const store = createStore<ProgressState>()(
    persist((): ProgressState => ({ progress: {}, presenting: false, seen: [], guesses: {} }), {
      name: storageKey,
      version: 1,
      storage: createJSONStorage<Stored>(() => neverThrowing(open)),
      partialize: ({ progress, presenting, seen }): Stored => ({ progress, presenting, seen }),
      // Data of another version of the page is ignored without an error.
      migrate: (): Stored => ({ progress: {}, presenting: false, seen: [] }),
      merge: (stored, current) => {
        const { progress, presenting, seen } = (stored ?? {}) as Partial<Stored>;
        return {
          ...current,
          progress: parseProgress(progress),
          presenting: presenting === true,
          seen: Array.isArray(seen) ? seen.filter((one) => typeof one === 'string') : [],
        };
      },
    }),
  );
  const { getState: get, setState: set } = store;

  return {
    store,
    guess: (view, step, answer) => set({ guesses: { ...get().guesses, [guessKey(view, step)]: answer } }),
    learn: (view) => {
      const { scenario, variant } = view.header;
      const { progress, guesses } = get();
      const before = progress[scenario.slug] ?? noProgress;
      const answered = view.steps.flatMap(({ index, ask }): [string, boolean][] => {
        const guess = guesses[guessKey(view, index)];
        return ask && guess !== undefined ? [[predictionKey(variant, index), guess === ask.actual]] : [];
      });
      // Only the first prediction counts: later ones are made with the answer known.
      const predicted = answered.filter(([key]) => !(key in before.predicted));
      const playedToEnd = view.steps.every(({ state }) => state === 'played');
      const played = playedToEnd && !before.played.includes(variant) ? [...before.played, variant] : before.played;
      if (predicted.length === 0 && played === before.played) return;
      const after = { played, predicted: { ...before.predicted, ...Object.fromEntries(predicted) } };
      set({ progress: { ...progress, [scenario.slug]: after } });
    },
    present: (presenting) => set({ presenting }),
    see: (explanation) => set({ seen: [...new Set([...get().seen, explanation])] }),
    clear: () => set({ progress: {}, guesses: {} }),
    refresh: () => void store.persist.rehydrate(),
  };
}

export const guessKey = (view: View, step: number) => `${view.header.sandbox} ${step}`;

/** Records progress from everything that a player plays. Returns a function that stops it. */
export function learnFrom(player: Pick<StoreApi<{ live: View | null }>, 'subscribe'>, progress: Progress): () => void {
  return player.subscribe(({ live }, before) => {
    if (live && live !== before.live) progress.learn(live);
  });
}

/**
 * Sets the size on the root element, where the style sheet zoom.css reads it, now and whenever it changes. Other changes leave it
 * alone: the projector's window has a size of its own.
 */
export function showSize(store: StoreApi<ProgressState>, root: HTMLElement): void {
  const show = ({ presenting }: ProgressState) => {
    if (presenting) root.dataset.size = 'presentation';
    else delete root.dataset.size;
  };
  show(store.getState());
  store.subscribe((state, before) => state.presenting !== before.presenting && show(state));
}
