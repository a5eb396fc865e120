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

/** The longest text of a scenario file that a report for people quotes. Characters. */
const longestQuoted = 1000;

/** Returns the beginning of a very long text, and how long it is. An answer may be a whole page, or fifty megabytes of them. */
export function quoted(text: string): string {
  if (text.length <= longestQuoted) return text;
  return `${text.slice(0, longestQuoted)}… (${text.length.toLocaleString('en')} characters)`;
}
