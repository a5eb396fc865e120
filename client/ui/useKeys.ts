import { useEffect, useEffectEvent } from 'react';
import { type Command, commandFor, placeOf } from './keys.ts';

/** Call `run` for every key press on the page that means a command. */
export function useKeys(run: (command: Command) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const place = event.target instanceof Element ? placeOf(event.target) : 'page';
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    const command = commandFor({ key: event.key, modified, held: event.repeat, place });
    if (!command) return;
    event.preventDefault();
    run(command);
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('click', releaseChoice);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('click', releaseChoice);
    };
  }, []);
}

/**
 * A choice made with the mouse must not keep the arrow keys: after a click on "Protected", Right means the next step. Whoever
 * got there by keyboard stays there; a click that comes from a key has no position.
 */
function releaseChoice({ target, detail, clientX, clientY }: MouseEvent): void {
  const byMouse = detail > 0 || clientX !== 0 || clientY !== 0;
  if (!byMouse || !(target instanceof Element) || !target.closest('[role=radiogroup], [role=tablist]')) return;
  setTimeout(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.matches('[type=radio], [role=tab]')) activeElement.blur();
  });
}
