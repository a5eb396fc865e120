/** Turns a request of the trace into a curl command for a POSIX shell. Pure. */
import type { Header, RequestSent } from '../../../../scenarios/engine/trace.ts';

export interface CurlCommand {
  text: string;
  /** Shell variables to set first, for the passwords that the trace masks. */
  variables: string[];
}

/** Headers that curl computes for the connection it makes. */
const writtenByCurl = ['content-length', 'connection', 'transfer-encoding'];

/** Headers that curl adds by default. The command removes them if the request did not have them. */
const addedByCurl = ['User-Agent', 'Accept'];

/**
 * Returns the command that sends this request again, straight to the app: with the browser's headers and those that the
 * reverse proxy added.
 * @param port where the app listens, on 127.0.0.1
 * @param password the password behind the mask; null when it is not known
 */
export function curlCommand(
  { method, url, headers, forwarded, body }: RequestSent,
  port: number,
  password: string | null = null,
): CurlCommand {
  const { pathname, search } = new URL(url);
  const sent = withForwarded(headers, forwarded);
  const has = (name: string) => sent.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const lines = [
    `curl -i ${methodOption(method, body)}${globOption(pathname + search)}${quoted(`http://127.0.0.1:${port}${pathname}${search}`)}`,
    ...sent.map(headerOption),
    ...addedByCurl.filter((name) => !has(name)).map((name) => `-H ${quoted(`${name}:`)}`),
  ];
  if (body === null) return { text: lines.join(' \\\n  '), variables: [] };
  if (!has('Content-Type')) lines.push(`-H ${quoted('Content-Type:')}`);
  const texts = body.split(mask);
  const masked = texts.slice(0, -1).map(variableAfter);
  const known = (variable: string) => (variable === 'PASSWORD' ? password : null);
  const values = masked.map((variable) => expanded(variable, known(variable)));
  const variables = [...new Set(masked)].filter((variable) => known(variable) === null);
  if (needsPrintf(body)) {
    const printf = ['printf --', quoted(texts.map(printfFormat).join('%s')), ...values].join(' ');
    return { text: `${printf} |\n  ${[...lines, '--data-binary @-'].join(' \\\n  ')}`, variables };
  }
  const data = texts.map((text, index) => (text && quoted(text)) + (values[index] ?? '')).join('');
  return { text: [...lines, `--data-raw ${data || "''"}`].join(' \\\n  '), variables };
}

/** Returns '' when curl would choose this method itself. For HEAD, -I keeps curl from waiting for a body. */
function methodOption(method: string, body: string | null): string {
  if (method === 'HEAD' && body === null) return '-I ';
  return method === (body === null ? 'GET' : 'POST') ? '' : `-X ${quoted(method)} `;
}

/** Without --globoff, curl expands brackets and braces in an address to several addresses. */
const globOption = (path: string) => (/[[\]{}]/.test(path) ? '--globoff ' : '');

/** Returns the headers as the reverse proxy passes them on: its own replace those of the same names. */
function withForwarded(headers: readonly Header[], forwarded: readonly Header[]): Header[] {
  const replaced = new Set([...writtenByCurl, ...forwarded.map(([name]) => name.toLowerCase())]);
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...forwarded];
}

/** curl removes a header without a value, unless it ends with a semicolon: then it sends the header empty. */
const headerOption = ([name, value]: Header) =>
  `-H ${value === '' ? quoted(`${name};`) : quotedOctets(`${name}: ${value}`)}`;

/** Control characters cannot be pasted into a terminal, and no shell argument can contain a zero byte. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the search for control characters
const needsPrintf = (body: string) => /[\u0000-\u0009\u000b-\u001f\u007f]/.test(body);

/** Returns the variable with the known password as its default. Without one, the shell stops and says that it must be set. */
const expanded = (variable: string, known: string | null) =>
  known !== null && /^[\w-]+$/.test(known)
    ? `"\${${variable}:-${known}}"`
    : `"\${${variable}:?set it first, the trace masks passwords}"`;

/** The trace has this in place of every password. */
const mask = '••••••';

/** Returns a variable named after the field, which is the last word before the mask: NEW_PASSWORD for `newPassword`. */
function variableAfter(text: string): string {
  const field = /(\w*password\w*)\W*$/i.exec(text)?.[1] ?? 'password';
  return field.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

/** Quotes a text for the shell. In single quotes, only the single quote itself is special. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Quotes a header for the shell. The trace has each octet of a header as one character. printf writes those that are not ASCII,
 * because a terminal would encode each of them as two octets.
 */
function quotedOctets(header: string): string {
  const pieces = header.match(/[\u0080-\u00ff]+|[^\u0080-\u00ff]+/g) ?? [];
  return pieces
    .map((piece) => (/[\u0080-\u00ff]/.test(piece) ? `"$(printf '${octalEscapes(piece)}')"` : quoted(piece)))
    .join('');
}

/** Returns the format with which `printf` writes this text. Every control character is escaped, and every line break. */
function printfFormat(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('%', '%%')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are escaped
      .replace(/[\u0000-\u001f\u007f]/g, octalEscapes)
  );
}

const octalEscapes = (text: string) =>
  [...text].map((character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
