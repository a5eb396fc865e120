/** Turns a request of the trace into a curl command for a POSIX shell. Pure. */
import { isPasswordField, passwordMask as mask } from '../../../../scenarios/engine/passwordFields.ts';
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
 * reverse proxy added. Returns a sentence for a request that no command can send, as an edited trace may have.
 * @param port where the app listens, on 127.0.0.1
 * @param password the password behind the mask; null when it is not known
 */
export function curlCommand(
  { method, url, headers, forwarded, body }: RequestSent,
  port: number,
  password: string | null = null,
): CurlCommand | string {
  const sent = withForwarded(headers, forwarded);
  const why = whyNotSendable(method, url, sent);
  if (why !== null) return why;
  const { pathname, search } = new URL(url);
  const address = (pathname + search).replaceAll(encodeURIComponent(mask), mask);
  const has = (name: string) => sent.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const needed = new Set<string>();
  /** Puts a variable in place of each mask, between the other pieces of the text. */
  function unmasked(text: string, quote: (piece: string) => string): string {
    const pieces = text.split(mask);
    if (pieces.length === 1) return quote(text);
    return pieces
      .map((piece, index) => (piece && quote(piece)) + (index < pieces.length - 1 ? valueAfter(piece) : ''))
      .join('');
  }
  function valueAfter(piece: string): string {
    const variable = variableAfter(piece);
    const known = variable === 'PASSWORD' ? password : null;
    if (known === null) needed.add(variable);
    return expanded(variable, known);
  }

  const lines = [
    `curl -i ${methodOption(method, body)}${globOption(address)}${unmasked(`http://127.0.0.1:${port}${address}`, quoted)}`,
    ...sent.map(([name, value]) =>
      // curl removes a header without a value, unless it ends with a semicolon: then it sends the header empty.
      value.trim() === '' ? `-H ${quoted(`${name};`)}` : `-H ${unmasked(`${name}: ${value}`, quotedOctets)}`,
    ),
    ...addedByCurl.filter((name) => !has(name)).map((name) => `-H ${quoted(`${name}:`)}`),
  ];
  if (body === null) return { text: lines.join(' \\\n  '), variables: [...needed] };
  if (!has('Content-Type')) lines.push(`-H ${quoted('Content-Type:')}`);
  if (needsPrintf(body)) {
    const texts = body.split(mask);
    const values = texts.slice(0, -1).map(valueAfter);
    const printf = ['printf --', quoted(texts.map(printfFormat).join('%s')), ...values].join(' ');
    return { text: `${printf} |\n  ${[...lines, '--data-binary @-'].join(' \\\n  ')}`, variables: [...needed] };
  }
  return { text: [...lines, `--data-raw ${unmasked(body, quoted)}`].join(' \\\n  '), variables: [...needed] };
}

/** RFC 9110 sections 5.5 and 5.6.2, as Node checks them before it sends a header. */
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

function whyNotSendable(method: string, url: string, headers: readonly Header[]): string | null {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return 'curl cannot send this request: its address is none.';
  if (!token.test(method)) return 'curl cannot send this request: its method is more than one word.';
  const bad = headers.find(([name, value]) => !token.test(name) || !headerValue.test(value.replaceAll(mask, '')));
  if (!bad) return null;
  return `curl cannot send this request: its header ${JSON.stringify(bad[0])} has a character that no header can carry, such as a line break.`;
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

/** Control characters cannot be pasted into a terminal, and no shell argument can contain a zero byte. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the search for control characters
const needsPrintf = (body: string) => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(body);

/** Returns the variable with the known password as its default. Without one, the shell stops and says that it must be set. */
const expanded = (variable: string, known: string | null) =>
  known !== null && /^[\w-]+$/.test(known)
    ? `"\${${variable}:-${known}}"`
    : `"\${${variable}:?set it first, the trace masks passwords}"`;

/** Variables that the shell itself sets. */
const ofTheShell = ['PWD', 'OLDPWD'];

/** No field of a form has a longer name, and a long text is not searched for one. */
const longestName = 200;

/** Returns a variable named after the field, which is the last word before the mask: NEW_PASSWORD for `newPassword`. */
function variableAfter(text: string): string {
  const word = /[\w-]+(?=\W*$)/.exec(text.slice(-longestName))?.[0] ?? '';
  if (word === 'Basic') return 'CREDENTIALS';
  if (!isPasswordField(word)) return 'PASSWORD';
  const name = word
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
  // A shell takes ${1PASSWORD} for its first argument.
  if (/^\d/.test(name)) return `_${name}`;
  return ofTheShell.includes(name) ? `${name}_FIELD` : name;
}

/** Quotes a text for the shell. In single quotes, only the single quote itself is special. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Quotes a header for the shell. The trace has each octet of a header as one character. printf writes those that are not ASCII,
 * because a terminal would encode each of them as two octets, and tabs, because a shell completes words at them.
 */
function quotedOctets(header: string): string {
  const pieces = header.match(/[\t\u0080-\u00ff]+|[^\t\u0080-\u00ff]+/g) ?? [];
  return pieces
    .map((piece) => (/[\t\u0080-\u00ff]/.test(piece) ? `"$(printf '${octalEscapes(piece)}')"` : quoted(piece)))
    .join('');
}

/** Returns the format with which `printf` writes this text. Every control character is escaped, and every line break. */
function printfFormat(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('%', '%%')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are escaped
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, (control) => octalEscapes(utf8(control)))
  );
}

/** Returns the octets of a text in UTF-8, each as one character. */
const utf8 = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));

const octalEscapes = (text: string) =>
  [...text].map((character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
