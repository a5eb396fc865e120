/** Text in blocks: the page draws them, and this file turns them into Markdown. Pure. */

/** Words, or something that went over the wire and must be shown character by character. */
export type Inline = string | { code: string };

export interface Item {
  text: Inline[];
  items: Item[];
}

export type Block =
  | { type: 'heading'; level: 1 | 2; text: string }
  | { type: 'paragraph'; text: Inline[] }
  | { type: 'list'; items: Item[] }
  | { type: 'code'; text: string };

/** Returns the blocks as Markdown (CommonMark). Characters of a text never turn into links, HTML or other markup. */
export function markdown(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'paragraph':
      return inlineText(block.text);
    case 'list':
      return itemLines(block.items, '').join('\n');
    case 'code': {
      const fence = '`'.repeat(Math.max(3, longestRun(block.text) + 1));
      return `${fence}\n${block.text}\n${fence}`;
    }
  }
}

const itemLines = (items: readonly Item[], indent: string): string[] =>
  items.flatMap(({ text, items }) => [`${indent}- ${inlineText(text)}`, ...itemLines(items, `${indent}  `)]);

const inlineText = (text: readonly Inline[]) =>
  text.map((piece) => (typeof piece === 'string' ? escaped(piece) : codeSpan(piece.code))).join('');

/** Escapes a text, except for code in backticks, which narrations contain. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[\\`*_[\]<>#|&~]/g, '\\$&')))
    .join('')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)(?=[.)] )/, '$1\\');
}

/** CommonMark section 6.1: the fence is longer than any run of backticks inside; a space separates backticks at the ends. */
function codeSpan(code: string): string {
  const text = printable(code);
  if (text === '') return '(nothing)';
  const fence = '`'.repeat(longestRun(text) + 1);
  const air = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${air}${text}${air}${fence}`;
}

const longestRun = (text: string) => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/** Escapes control characters: a line break would end a list item, others would move a terminal's cursor or change its colors. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are searched for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '\n') return '\\n';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
