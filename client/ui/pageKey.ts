/** Keys that mean something on every page, and what a key press is. A presenter's remote control sends PageDown and PageUp. */
import { useWindowEvent } from '@mantine/hooks';

export interface KeyHelp {
  /** As they are written on a keyboard. */
  keys: string[];
  does: string;
}

/** The keys of every page. */
export const everywhere = {
  find: { keys: ['/'], does: 'Find a scenario' },
  size: { keys: ['p'], does: 'Presentation size' },
} satisfies Record<string, KeyHelp>;

/**
 * Calls `run` when one of the keys is pressed anywhere on the page, except in a field or a dialog.
 *
 * @param run null while the key means nothing
 * @param first whether this meaning comes before every other one of the key
 */
export function usePageKey({ keys }: Pick<KeyHelp, 'keys'>, run: (() => void) | null, { first = false } = {}): void {
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, modified, held, place } = pressOf(event);
    const means = keys.some((name) => (keyNames[name] ?? name) === key);
    const isTaken = place === 'field' || (place === 'choice' && key.startsWith('Arrow'));
    if (!run || !means || event.defaultPrevented || modified || held || isTaken) return;
    event.preventDefault();
    run();
  };
  useWindowEvent('keydown', onKeyDown, { capture: first });
}

/**
 * Calls `run` with the place of the digit when 1 to 9 is pressed anywhere on the page, except in a field or a dialog: 0 for 1.
 *
 * @param count how many of the digits mean something
 */
export function useDigitKeys(count: number, run: (index: number) => void): void {
  useWindowEvent('keydown', (event) => {
    const { key, modified, held, place } = pressOf(event);
    const index = /^[1-9]$/.test(key) ? Number(key) - 1 : count;
    if (index >= count || event.defaultPrevented || modified || held || place === 'field') return;
    event.preventDefault();
    run(index);
  });
}

export interface KeyPress {
  key: string;
  /** Whether Ctrl, Alt or Meta is down: such a press belongs to the browser. */
  modified: boolean;
  /** Whether the key repeats because it is held down. */
  held: boolean;
  /** What has the focus: it uses all keys (a field), the arrow keys (a choice), Space and Enter (a button), or none. */
  place: 'field' | 'choice' | 'button' | 'page';
}

export const keyNames: Record<string, string> = { '→': 'ArrowRight', '←': 'ArrowLeft', Space: ' ', Esc: 'Escape' };
export const pressOf = ({ key, ctrlKey, altKey, metaKey, repeat, target }: KeyboardEvent): KeyPress => ({
  key,
  modified: ctrlKey || altKey || metaKey,
  held: repeat,
  place: target instanceof Element ? placeOf(target) : 'page',
});

const fields =
  'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true], [role=dialog]:not([data-keys=page]), [role=menu]';
const choices = 'input, [role=tab], [role=radio], [role=listbox], [role=slider], [role=separator]';
/** They leave the arrow keys to the page. */
export const switches = '[data-switch]';
const buttons = 'button, a, summary, [role=button]';

function placeOf(element: Element): KeyPress['place'] {
  if (element.closest(fields)) return 'field';
  if (element.closest(switches)) return 'button';
  if (element.closest(choices)) return 'choice';
  return element.closest(buttons) ? 'button' : 'page';
}
