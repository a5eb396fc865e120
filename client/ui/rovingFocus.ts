import type { KeyboardEvent } from 'react';

/**
 * Up and down in a long list of buttons, one to an item: Tab reaches one of them, the arrows the others. For a list that is too
 * long to keep a state for each of its items.
 */
export function moveFocusInList(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowUp: 'previousElementSibling', ArrowDown: 'nextElementSibling' } as const;
  const item = event.target instanceof Element ? event.target.closest('li') : null;
  if (!item || !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return;
  event.preventDefault();
  item[step[event.key]]?.querySelector('button')?.focus();
}
