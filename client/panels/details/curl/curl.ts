/** A request of the trace as a command for a POSIX shell. Pure. */

import type { Header, RequestSent } from '../../../../scenarios/engine/trace.ts';
import { masks } from './masks.ts';
import { octets, printfFormat, quoted } from './shell.ts';

export interface CurlCommand {
  text: string;
  /** Shell variables that must be set before: the trace masks passwords, and what was masked is not known. */
  variables: string[];
}

/** curl writes these itself, and knows better; `Connection` belongs to the connection it makes. */
const curlsOwn = ['content-length', 'connection', 'transfer-encoding'];

/** curl adds these where nobody says anything else. */
const addedUnasked = ['User-Agent', 'Accept'];

/**
 * The command that sends this request again: with the browser's headers and those that the edge added, to where the app listens.
 * @param port on 127.0.0.1
 * @param password what is behind the mask, where that is known; null where it is not
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
    `curl -i ${methodOption(method, body)}${urlOptions(pathname + search)}${quoted(`http://127.0.0.1:${port}${pathname}${search}`)}`,
    ...sent.map(headerOption),
    ...addedUnasked.filter((name) => !has(name)).map((name) => `-H ${quoted(`${name}:`)}`),
  ];
  if (body === null) return { text: lines.join(' \\\n  '), variables: [] };
  if (!has('Content-Type')) lines.push(`-H ${quoted('Content-Type:')}`);
  const pieces = masks(body);
  const known = (variable: string) => (variable === 'PASSWORD' ? password : null);
  const masked = [...new Set(pieces.flatMap((piece) => ('variable' in piece ? [piece.variable] : [])))];
  const variables = masked.filter((variable) => known(variable) === null);
  const expansion = (variable: string) => expanded(variable, known(variable));
  // What a terminal takes for a key, and a zero, cannot be pasted as they are: printf writes them.
  if (needsPrintf(body)) {
    const format = pieces.map((piece) => ('variable' in piece ? '%s' : printfFormat(piece.text))).join('');
    const values = pieces.flatMap((piece) => ('variable' in piece ? [` ${expansion(piece.variable)}`] : []));
    const text = [...lines, '--data-binary @-'].join(' \\\n  ');
    return { text: `printf -- ${quoted(format)}${values.join('')} |\n  ${text}`, variables };
  }
  const value = pieces.map((piece) => ('variable' in piece ? expansion(piece.variable) : quoted(piece.text))).join('');
  return { text: [...lines, `--data-raw ${value || "''"}`].join(' \\\n  '), variables };
}

/** HEAD has no body to wait for; what curl would do anyway is not said. */
function methodOption(method: string, body: string | null): string {
  if (method === 'HEAD' && body === null) return '-I ';
  return method === (body === null ? 'GET' : 'POST') ? '' : `-X ${quoted(method)} `;
}

/** curl takes brackets and braces for a list of addresses. */
const urlOptions = (path: string) => (/[[\]{}]/.test(path) ? '--globoff ' : '');

/** As the edge hands it on: its own headers in the place of the visitor's of these names. */
function withForwarded(headers: readonly Header[], forwarded: readonly Header[]): Header[] {
  const replaced = new Set([...curlsOwn, ...forwarded.map(([name]) => name.toLowerCase())]);
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...forwarded];
}

/** To curl a header without a value is one to leave out, unless it ends with a semicolon. */
const headerOption = ([name, value]: Header) => `-H ${value === '' ? quoted(`${name};`) : octets(`${name}: ${value}`)}`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const needsPrintf = (body: string) => /[\u0000-\u0009\u000b-\u001f\u007f]/.test(body);

/** The variable, or else what is known; where nothing is, the shell stops and says why. */
const expanded = (variable: string, known: string | null) =>
  known !== null && /^[\w-]+$/.test(known)
    ? `"\${${variable}:-${known}}"`
    : `"\${${variable}:?set it first, the trace masks passwords}"`;
