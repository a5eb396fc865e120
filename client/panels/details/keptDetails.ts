/** Keeps in this browser how the learner left the drawer: its tab and its size. */
import type { StoreApi } from 'zustand/vanilla';
import { neverThrowing, type TextStorage } from '../../ui/storage.ts';
import { type DetailsState, detailsOfBoth, detailsOfOne, sizes } from './detailsState.ts';

type Kept = Pick<DetailsState, 'tab' | 'size'>;

/** Restores both drawers, and keeps each change from now on. `open` may throw: then nothing is kept. */
export function keepDetails(open: () => TextStorage): void {
  const storage = neverThrowing(open);
  keep(detailsOfOne, 'session-sandbox details', storage);
  keep(detailsOfBoth, 'session-sandbox details of both', storage);
}

function keep(store: StoreApi<DetailsState>, name: string, storage: TextStorage): void {
  store.setState(parseKept(storage.getItem(name)) ?? {});
  store.subscribe(({ tab, ...state }, before) => {
    const size = state.chosen ?? state.size;
    if (tab !== before.tab || size !== (before.chosen ?? before.size)) {
      storage.setItem(name, JSON.stringify({ tab, size }));
    }
  });
}

/** Returns what was kept; null if there is nothing, or not what this page would have kept. */
export function parseKept(text: string | null): Kept | null {
  try {
    const { tab, size } = JSON.parse(text ?? '') as Partial<Record<keyof Kept, unknown>>;
    const known = sizes.find((one) => one === size);
    return typeof tab === 'string' && known ? { tab, size: known } : null;
  } catch {
    return null;
  }
}
