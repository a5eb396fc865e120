/** The request headers a page's script can set, and those that are the browser's alone (Fetch standard, 2.2.2). */
import type { Header } from '../../../scenarios/engine/trace.ts';

const forbidden = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** Forbidden where they name a method that is. */
const overrides = ['x-http-method', 'x-http-method-override', 'x-method-override'];

/** Methods that fetch() refuses. */
export const forbiddenMethod = (method: string) => /^(connect|trace|track)$/i.test(method);

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Why a page cannot send that header, as a sentence; null when it can. */
export function whyNotSettable([name, text]: Header): string | null {
  const lower = name.toLowerCase();
  if (!token.test(name)) return `"${name}" is no header name: letters, digits and hyphens, without spaces or a colon.`;
  if (!value.test(text))
    return `The value of ${name} has a character that no header can carry, such as a line break or one outside Latin-1.`;
  const names = text.split(',').map((method) => method.trim());
  if (
    forbidden.has(lower) ||
    /^(proxy|sec)-/.test(lower) ||
    (overrides.includes(lower) && names.some(forbiddenMethod))
  ) {
    return `No page can set ${name}: the browser writes it itself, so that servers can believe it.`;
  }
  return null;
}

/** As fetch() sends them: one header per name, several values joined by commas, the last spelling of the name. */
export function joined(headers: readonly Header[]): Record<string, string> {
  const byName = new Map<string, Header>();
  for (const [name, text] of headers) {
    const before = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), [name, before ? `${before[1]}, ${text}` : text]);
  }
  return Object.fromEntries(byName.values());
}
