/**
 * A line typed into the console as words, by the quoting rules of redis-cli: words are parted by spaces; "…" knows \n, \r, \t,
 * \b, \a, \xHH and \ before any other character; '…' knows \' alone. null when a quote is not closed, or a word begins right
 * behind one.
 */
export function splitLine(line: string): string[] | null {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== '') {
    let word = '';
    let quoted = false;
    while (rest !== '' && !/^\s/.test(rest)) {
      // Behind a closing quote comes a space or the end.
      if (quoted) return null;
      const part = /^"(?:[^"\\]|\\.)*"|^'(?:[^'\\]|\\.)*'|^[^\s"']+/s.exec(rest)?.[0];
      if (part === undefined) return null;
      quoted = /^["']/.test(part);
      word += quoted ? unquoted(part) : part;
      rest = rest.slice(part.length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return words;
}

const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

function unquoted(part: string): string {
  const inside = part.slice(1, -1);
  if (part.startsWith("'")) return inside.replaceAll("\\'", "'");
  return inside.replace(/\\(?:x([0-9a-f]{2})|(.))/gis, (_, hex: string | undefined, character: string) =>
    hex === undefined ? (controls[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
