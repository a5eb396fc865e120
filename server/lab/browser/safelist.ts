/** Which headers of a fetch() a form could send as well, so that they need no preflight (Fetch standard, 2.2.2). */
import type { Header } from '../../../scenarios/engine/trace.ts';

/** What a form can send. */
const safeTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/** Bytes of a value that a server might misread. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule is about them; a tab is allowed
const unsafeByte = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;

const languages = /^[0-9A-Za-z *,\-.;=]*$/;

/** By name. In addition to the standard's, those that Chromium (156) lets a script set: client hints, and Save-Data. */
const isSafe: Record<string, (value: string) => boolean> = {
  accept: (value) => !unsafeByte.test(value),
  'accept-language': (value) => languages.test(value),
  'content-language': (value) => languages.test(value),
  'content-type': (value) => !unsafeByte.test(value) && safeTypes.includes(essence(value)),
  range: (value) => /^bytes=\d+-\d*$/.test(value),
  'user-agent': () => true,
  'save-data': (value) => value.toLowerCase() === 'on',
  'device-memory': isNumber,
  dpr: isNumber,
  width: isNumber,
  'viewport-width': isNumber,
  rtt: isNumber,
  downlink: isNumber,
  ect: (value) => ['slow-2g', '2g', '3g', '4g'].includes(value),
};

const longestValue = 128;
const longestTogether = 1024;

/** Returns the names of the headers that need a preflight, in lower case, sorted, each once ("CORS-unsafe request-header names"). */
export function unsafeNames(headers: readonly Header[]): string[] {
  const named = headers.map(([name, value]): Header => [name.toLowerCase(), value]);
  const safe = named.filter(([name, value]) => value.length <= longestValue && isSafe[name]?.(value));
  const together = safe.reduce((sum, [, value]) => sum + value.length, 0);
  const unsafe = together > longestTogether ? named : named.filter((header) => !safe.includes(header));
  return [...new Set(unsafe.map(([name]) => name))].sort();
}

/** The type without its parameters. */
const essence = (value: string) => value.split(';', 1)[0]!.trim().toLowerCase();

function isNumber(value: string): boolean {
  return /^\d+(\.\d+)?$/.test(value);
}
