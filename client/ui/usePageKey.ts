import { useEffect, useEffectEvent } from 'react';
import { placeOf } from './keys.ts';

/** Call `run` for a press of that key anywhere on the page but in a field or a dialog. */
export function usePageKey({ keys }: { keys: string[] }, run: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    if (event.defaultPrevented || modified || event.repeat || !keys.includes(event.key)) return;
    if (event.target instanceof Element && placeOf(event.target) === 'field') return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
