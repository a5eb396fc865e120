/** Texts for a POSIX shell, so that it hands on exactly them. Pure. */

/** In single quotes, where a shell takes everything as it is but the quote itself. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A header, of which the trace has one octet as one character: those that are not ASCII are written by printf, because a terminal
 * would make two octets of them.
 */
export function octets(header: string): string {
  const pieces = header.match(/[\u0080-\u00ff]+|[^\u0080-\u00ff]+/g) ?? [''];
  if (pieces.length === 1 && !/[\u0080-\u00ff]/.test(header)) return quoted(header);
  return pieces
    .map((piece) => (/[\u0080-\u00ff]/.test(piece) ? `"$(printf '${escapes(piece)}')"` : quoted(piece)))
    .join('');
}

/** What `printf` writes as that text: with every control character escaped, the line break as well. */
export function printfFormat(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('%', '%%')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
      .replace(/[\u0000-\u001f\u007f]/g, escapes)
  );
}

const escapes = (text: string) =>
  [...text].map((character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
