/** Which key does what on the page. Presenter remotes send the Page keys. */

export type Command = 'next' | 'previous' | 'first' | 'last' | 'variant' | 'diff' | 'copy' | 'jump' | 'reset' | 'help';

export const keysOf: Record<Command, { keys: string[]; does: string }> = {
  next: { keys: ['→', 'Space', 'PageDown'], does: 'Next step' },
  previous: { keys: ['←', 'PageUp'], does: 'Previous step' },
  first: { keys: ['Home'], does: 'To before the first step' },
  last: { keys: ['End'], does: 'To the last step played' },
  variant: { keys: ['v'], does: 'Vulnerable, protected, both' },
  diff: { keys: ['d'], does: 'Diff of vulnerable and protected' },
  copy: { keys: ['c'], does: 'Copy the request as curl' },
  jump: { keys: ['t'], does: 'Jump time' },
  reset: { keys: ['r'], does: 'Reset' },
  help: { keys: ['?'], does: 'These keys' },
};

const commands: Record<string, Command> = {
  ArrowRight: 'next',
  ' ': 'next',
  PageDown: 'next',
  ArrowLeft: 'previous',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
  v: 'variant',
  d: 'diff',
  c: 'copy',
  t: 'jump',
  r: 'reset',
  '?': 'help',
};

/** Where a key is pressed: in what uses all keys, the arrows, or only Space and Enter for itself; or anywhere else. */
export type Place = 'field' | 'choice' | 'button' | 'page';

export interface KeyPress {
  key: string;
  /** With Ctrl, Alt or Meta: that is the browser's. */
  modified: boolean;
  /** The key is being held down. */
  held: boolean;
  place: Place;
}

/** What a key press asks for; null when it is not ours. */
export function commandFor({ key, modified, held, place }: KeyPress): Command | null {
  const command = commands[key] ?? null;
  if (command === null || modified || place === 'field') return null;
  if (place === 'choice' && /^(?:Arrow.*|Home|End| )$/.test(key)) return null;
  if (place === 'button' && key === ' ') return null;
  // Holding a key must not play a whole scenario, nor reset it again and again.
  return held && command !== 'previous' ? null : command;
}

const fields =
  'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu]';
const choices = 'input, [role=tab], [role=radio], [role=listbox], [role=slider], [role=separator]';
const buttons = 'button, a, summary, [role=button]';

export function placeOf(element: Element): Place {
  if (element.closest(fields)) return 'field';
  if (element.closest(choices)) return 'choice';
  return element.closest(buttons) ? 'button' : 'page';
}

/** Keys that every page has, with or without a scenario. */
export const everywhere = {
  find: { keys: ['/'], does: 'Find a scenario' },
  size: { keys: ['p'], does: 'Presentation size' },
};
