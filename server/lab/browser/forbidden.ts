/** What the script of a page cannot make fetch() send, and what a scenario cannot ask of it. */
import type { RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { parseUrl } from '../network/parseUrl.ts';

/** Request headers that only the browser sets (Fetch standard, 2.2.2). */
const forbidden = new Set([
  ...['accept-charset', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method'],
  ...['connection', 'content-length', 'cookie', 'cookie2', 'date', 'dnt', 'expect', 'host', 'keep-alive', 'origin'],
  ...['referer', 'set-cookie', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'via'],
]);

/** Headers that are forbidden when they name a forbidden method. */
const overrides = ['x-http-method', 'x-http-method-override', 'x-method-override'];

/** Methods that fetch() refuses. */
export const isForbiddenMethod = (method: string) => /^(connect|trace|track)$/i.test(method);

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Returns why a page's script cannot send that header, as a sentence; null when it can. */
export function whyNotSettable([name, text]: Header): string | null {
  const lower = name.toLowerCase();
  if (!token.test(name)) return `"${name}" is not a header name: use letters, digits and hyphens.`;
  if (!value.test(text))
    return `The value of ${name} has a character that no header can carry, such as a line break or one outside Latin-1.`;
  const names = text.split(',').map((method) => method.trim());
  if (
    forbidden.has(lower) ||
    /^(proxy|sec)-/.test(lower) ||
    (overrides.includes(lower) && names.some(isForbiddenMethod))
  ) {
    return `No page can set ${name}: only the browser writes it, so that servers can trust it.`;
  }
  return null;
}

/** What each option may be; anything, if there is no list. */
const known: Record<keyof RequestOptions, readonly unknown[] | null> = {
  headers: null,
  credentials: ['include', 'same-origin', 'omit'],
  mode: ['cors', 'no-cors'],
  cookie: null,
  storeCookies: [true, false],
  patience: null,
};

/**
 * Throws a TypeError, as fetch() does, for what no page can send, and for what the virtual browser does not simulate: to ignore it would
 * mislead the author of a scenario. Host is the exception: a scenario may play a program that writes it.
 */
export function requireFetchable(method: string, body: unknown, options: RequestOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const values = known[name as keyof RequestOptions];
    if (values === undefined) {
      throw new TypeError(
        `A request has no option "${name}", as the virtual browser simulates nothing of the kind. There are ${Object.keys(known).join(', ')}.`,
      );
    }
    if (values !== null && value !== undefined && !values.includes(value)) {
      throw new TypeError(`The option "${name}" cannot be ${JSON.stringify(value)}: it is ${values.join(' or ')}.`);
    }
  }
  requirePatience(options);
  if (isForbiddenMethod(method)) throw new TypeError(`No page can send ${method}: fetch() refuses it.`);
  if (body !== undefined && /^(get|head)$/i.test(method)) {
    throw new TypeError(`A ${method} request has no body: fetch() refuses it.`);
  }
  for (const header of Object.entries(options.headers ?? {})) {
    const why = header[0].toLowerCase() === 'host' ? null : whyNotSettable(header);
    if (why !== null) throw new TypeError(why);
  }
}

/** @throws RangeError when a browser cannot wait that long */
export function requirePatience({ patience }: Pick<RequestOptions, 'patience'>): void {
  const isTime = typeof patience === 'number' && patience > 0 && patience < Number.POSITIVE_INFINITY;
  if (patience !== undefined && !isTime)
    throw new RangeError(`The option "patience" is a number of milliseconds above 0, not ${String(patience)}.`);
}

/**
 * Returns the address as a page at that origin reads it.
 * @throws TypeError for what is no address of a server
 */
export function addressOn(origin: string, address: string): URL {
  const url = parseUrl(address, origin);
  if (url && /^https?:$/.test(url.protocol)) return url;
  const where = parseUrl(origin) ? '' : ` at ${JSON.stringify(origin)}`;
  throw new TypeError(`There is no address ${JSON.stringify(address)}${where}: it begins with http://, https:// or /.`);
}
