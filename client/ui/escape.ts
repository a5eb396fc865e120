/** What Escape leaves: of the tour, of what is followed, and of whatever else takes the keys of the page, the innermost one. */
import { useEffect, useRef } from 'react';
import { usePageKey } from './pageKey.ts';

const entered: (() => void)[] = [];

/** Something was entered that `leave` leaves. Returns a function to call when it has been left. */
export function enter(leave: () => void): () => void {
  // The same function may be entered twice.
  const own = () => leave();
  entered.push(own);
  return () => void entered.splice(entered.indexOf(own), 1);
}

/** Leaves what was entered last, and nothing else. */
export const leaveInnermost = () => entered.at(-1)?.();

/** While the component is there, Escape calls `leave`, unless something was entered later, or a field or a dialog has the focus. */
export function useEscape(leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => enter(() => latest.current()), []);
  // Whichever component hears the press first, it is for the innermost one.
  usePageKey({ keys: ['Esc'] }, leaveInnermost, { first: true });
}
