/** Text as a terminal shows it: in columns, where 你 or an emoji takes two and an accent none. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;

/** Printable: a control character from a response or a stored value would otherwise move the cursor or change the colours. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function widthOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += wide.test(segment) ? 2 : 1;
  return columns;
}

/** The beginning of the text that fits, with … where something is missing. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let beginning = '';
  for (const { segment } of graphemes.segment(text)) {
    if (widthOf(beginning + segment) > columns - 1) break;
    beginning += segment;
  }
  return `${beginning}…`;
}

/** The text and as many spaces as it takes to fill the columns. */
export function fill(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Lines of at most that many columns, broken between words; a word that is longer than a line is broken where the line ends. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => pieces(word, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function pieces(word: string, columns: number): string[] {
  if (widthOf(word) <= columns) return [word];
  const made = [''];
  for (const { segment } of graphemes.segment(word)) {
    if (widthOf(made.at(-1) + segment) > columns) made.push('');
    made[made.length - 1] += segment;
  }
  return made;
}

/** Milliseconds for people: "54 ms", "1.2 s". */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** "1 run", "8 runs". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
