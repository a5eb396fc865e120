/**
 * What this browser remembers of its learner. It is kept in this browser only: nothing of it is sent anywhere. No React in here.
 */
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { View } from '../../scenarios/engine/read.ts';
import type { Answer } from '../../scenarios/engine/trace.ts';
import type { PlayerState } from '../player/state.ts';
import { type AllProgress, nothingYet, type Progress, placeOf, progressIn } from './progress.ts';
import { harmless } from './storage.ts';

export interface Remembered {
  progress: AllProgress;
  /** Everything is shown in the size for a projector. */
  presenting: boolean;
  /** What was predicted in the sandboxes of this page; by `guessKey`. Gone with the page, as they are. */
  guesses: Readonly<Record<string, Answer>>;
}

type Kept = Pick<Remembered, 'progress' | 'presenting'>;

export interface Memory {
  store: StoreApi<Remembered>;
  /** Predict the answer of a step that has not been played; until it is, another guess takes its place. */
  guess(view: View, step: number, answer: Answer): void;
  /** Take over what a view tells: guesses that have got their answer, and that the scenario was played to its end. */
  learn(view: View): void;
  present(on: boolean): void;
  /** Forget what was played and predicted. */
  clear(): void;
  /** Read again what is kept, because another tab has written it. */
  refresh(): void;
}

/** The name of what is kept. */
export const memoryName = 'session-sandbox';

/** @param open gives the browser's storage; may throw */
export function createMemory(open: () => StateStorage): Memory {
  const store = createStore<Remembered>()(
    persist((): Remembered => ({ progress: {}, presenting: false, guesses: {} }), {
      name: memoryName,
      version: 1,
      storage: createJSONStorage<Kept>(() => harmless(open)),
      partialize: ({ progress, presenting }): Kept => ({ progress, presenting }),
      // What another version of the page has written is not understood here, and not worth an error.
      migrate: (): Kept => ({ progress: {}, presenting: false }),
      merge: (kept, current) => {
        const { progress, presenting } = (kept ?? {}) as Partial<Kept>;
        return { ...current, progress: progressIn(progress), presenting: presenting === true };
      },
    }),
  );
  const { getState: get, setState: set } = store;

  const change = (slug: string, update: (before: Progress) => Progress) => {
    const { progress } = get();
    const before = progress[slug] ?? nothingYet;
    const after = update(before);
    if (after !== before) set({ progress: { ...progress, [slug]: after } });
  };

  return {
    store,
    guess: (view, step, answer) => set({ guesses: { ...get().guesses, [guessKey(view, step)]: answer } }),
    learn: (view) => {
      const { scenario, variant } = view.header;
      const settled = view.steps.flatMap(({ index, ask }) => {
        const guess = get().guesses[guessKey(view, index)];
        return ask && guess !== undefined ? [[placeOf(variant, index), guess === ask.actual] as const] : [];
      });
      const toTheEnd = view.steps.every(({ state }) => state === 'played');
      change(scenario.slug, (before) => {
        // The first prediction counts: the second one is made by somebody who has seen the answer.
        const fresh = settled.filter(([place]) => !(place in before.predicted));
        const played = toTheEnd && !before.played.includes(variant) ? [...before.played, variant] : before.played;
        if (fresh.length === 0 && played === before.played) return before;
        return { played, predicted: { ...before.predicted, ...Object.fromEntries(fresh) } };
      });
    },
    present: (presenting) => set({ presenting }),
    clear: () => set({ progress: {}, guesses: {} }),
    refresh: () => void store.persist.rehydrate(),
  };
}

export const guessKey = (view: View, step: number) => `${view.header.sandbox} ${step}`;

/** Learn from everything that a player plays. Returns how to stop. */
export function learnFrom(player: StoreApi<PlayerState>, memory: Memory): () => void {
  return player.subscribe(({ live }, before) => {
    if (live && live !== before.live) memory.learn(live);
  });
}
