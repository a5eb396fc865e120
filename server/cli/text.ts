/** Text as a terminal shows it, measured in columns: 你 or an emoji takes two, an accent none. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Adds spaces up to that number of columns. */
export function fill(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** Breaks the text into lines of at most that many columns, between words where possible. */
export function wrap(text: string, columns: number): string[] {
  return wrapAnsi(text, columns, { hard: true }).split('\n');
}
