/** The keys of a page that shows a scenario. */
import { useWindowEvent } from '@mantine/hooks';
import { type KeyHelp, type KeyPress, keyNames, pressOf, switches } from './pageKey.ts';

export type Command = 'next' | 'previous' | 'first' | 'last' | 'variant' | 'diff' | 'copy' | 'jump' | 'reset' | 'help';

/** The keys of its commands. */
export const keysOf: Record<Command, KeyHelp> = {
  next: { keys: ['→', 'Space', 'PageDown'], does: 'Next step' },
  previous: { keys: ['←', 'PageUp'], does: 'Previous step' },
  first: { keys: ['Home'], does: 'Go to before the first step' },
  last: { keys: ['End'], does: 'Go to the last step played' },
  variant: { keys: ['v'], does: 'Switch between vulnerable, protected and both' },
  diff: { keys: ['d'], does: 'Show or hide the diff of vulnerable and protected' },
  copy: { keys: ['c'], does: 'Copy the request as curl' },
  jump: { keys: ['t'], does: 'Jump time' },
  reset: { keys: ['r'], does: 'Reset' },
  help: { keys: ['?'], does: 'Show these keys, and what the signs mean' },
};

/** The keys of single panels, on a page that shows a scenario. */
export const keysOfPanels = {
  lifetimes: { keys: ['l'], does: 'Show or hide the lifetimes' },
  follow: { keys: ['f'], does: 'Follow the session ID, key or cookie in focus, or the ID of the request, or stop' },
  predict: {
    keys: ['1', '2', '3'],
    does: 'Predict with the first, second or third answer; in Both for the vulnerable app, then for the protected one',
  },
  close: { keys: ['Esc'], does: 'Close the details' },
} satisfies Record<string, KeyHelp>;

/** The keys while something is followed. Then they do not have their other meanings. */
export const keysOfFollowing = {
  next: { keys: ['→'], does: 'While following: the next moment' },
  previous: { keys: ['←'], does: 'While following: the previous moment' },
  leave: { keys: ['Esc'], does: 'Stop following, and stay at this moment' },
} satisfies Record<string, KeyHelp>;

/** Calls `run` for each key press that means a command. */
export function useKeys(run: (command: Command) => void): void {
  useWindowEvent('keydown', (event) => {
    const command = event.defaultPrevented ? null : commandFor(pressOf(event));
    // In a switch, an arrow key that plays nothing must not choose either.
    if (event.target instanceof Element && event.target.closest(switches) && event.key.startsWith('Arrow'))
      event.preventDefault();
    if (!command) return;
    event.preventDefault();
    run(command);
  });
  useWindowEvent('click', releaseChoice);
}

const commands = new Map(
  Object.entries(keysOf).flatMap(([command, { keys }]) =>
    keys.map((key) => [keyNames[key] ?? key, command as Command] as const),
  ),
);

/** Returns the command of a key press; null when the key has none there. */
export function commandFor({ key, modified, held, place }: KeyPress): Command | null {
  const command = commands.get(key) ?? null;
  if (command === null || modified || place === 'field') return null;
  if (place === 'choice' && /^(?:Arrow.*|Home|End| )$/.test(key)) return null;
  if (place === 'button' && key === ' ') return null;
  // A key that is held down must not play the whole scenario, nor reset it again and again.
  return held && command !== 'previous' ? null : command;
}

/**
 * Takes the focus from a choice after a click: the choice would keep the arrow keys, and after a click on "Protected", Right
 * should play the next step. A click that comes from a key has no position; then the focus stays.
 */
function releaseChoice({ target, detail, clientX, clientY }: MouseEvent): void {
  const byMouse = detail > 0 || clientX !== 0 || clientY !== 0;
  if (!byMouse || !(target instanceof Element) || !target.closest('[role=radiogroup], [role=tablist]')) return;
  setTimeout(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.matches('[type=radio], [role=tab]')) activeElement.blur();
  });
}
