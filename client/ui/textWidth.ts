/** How wide words are, and which of several words for the same thing there is room for. Pure. */

/** Returns the first text that is no wider than `room` px in letters of `size` px; the last one if none is. */
export function fitting(texts: readonly string[], room: number, size = 12): string {
  return texts.find((text) => widthOf(text, size) <= room) ?? texts.at(-1) ?? '';
}

/** px, rather too wide than too narrow. Measured in Inter. */
export const widthOf = (text: string, size: number): number =>
  size * (0.57 * text.length + 0.1 * count(text, /[A-Z0-9mw]/g) - 0.22 * count(text, /[filrtIj.,: ’]/g));

const count = (text: string, letters: RegExp) => text.match(letters)?.length ?? 0;

/** Shortens a text in its middle, because its start and its end tell it from others. */
export function elided(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 3);
  return `${text.slice(0, most - 1 - end)}…${text.slice(text.length - end)}`;
}
