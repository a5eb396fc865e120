/** The presentation size: everything larger, for the back row of a room. */
import type { StoreApi } from 'zustand/vanilla';
import type { Remembered } from './memory.ts';

/** Put the size where the style sheets look for it (presentation.css), now and whenever it changes. */
export function showSize(store: StoreApi<Remembered>, root: HTMLElement): void {
  const show = ({ presenting }: Remembered) => {
    if (presenting) root.dataset.size = 'presentation';
    else delete root.dataset.size;
  };
  show(store.getState());
  store.subscribe(show);
}
