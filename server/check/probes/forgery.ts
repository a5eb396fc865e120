/** What a page of another site can send in somebody's name, and what of it the app takes. */
import { preflightFor, whyNotAllowed } from '../../lab/browser/cors.ts';
import type { BrowserRequest } from '../../lab/browser/exchange.ts';
import type { Sent } from '../browser/tab.ts';

/**
 * The page of the attacker. No request goes there: it is where the forged ones come from. It has the scheme of the app, because
 * from https to http a browser hides where a form comes from, and the attacker need not.
 */
export const evilFor = ({ protocol }: URL) => new URL(`${protocol}//evil.example/`);

/** How another site makes a browser send a change. */
export interface Forgery {
  /** "a form", "a link". */
  by: string;
  request: BrowserRequest;
}

/** What identifies the change among the requests of a recipe: the last one that is not only reading, else the last one. */
export const theChange = (sent: readonly Sent[]): Sent | undefined =>
  sent.findLast(({ request }) => !['GET', 'HEAD'].includes(request.method)) ??
  sent.findLast(({ request }) => request.redirects === undefined);

/**
 * Returns what a page of another site can send to make the same change: it knows the app, and what the attacker herself sends,
 * but no secret of the victim's pages. It cannot set headers that a form cannot.
 * @param hers the change of the victim @param own the change of the attacker, with her own tokens
 */
export function forgeriesOf(hers: Sent, own: Sent | undefined, [was, is]: readonly [string, string]): Forgery[] {
  const { method, body } = hers.request;
  const url = new URL(hers.request.url.href.replaceAll(encodeURIComponent(was), encodeURIComponent(is)));
  const common = { url, initiator: evilFor(url), note: 'forged by another site' };
  const text = body?.text ?? '';
  if (method === 'GET') {
    for (const [name, value] of own?.request.url.searchParams ?? []) {
      const hersHas = url.searchParams.get(name);
      if (hersHas !== null && hersHas !== value && !hersHas.includes(is)) url.searchParams.set(name, value);
    }
    return [{ by: 'a link', request: { ...common, method: 'GET', navigation: true, clicked: true } }];
  }
  if (method !== 'POST') return [];
  if (body?.type.startsWith('application/x-www-form-urlencoded') || body === undefined) {
    const fields = withOwnTokens(new URLSearchParams(text), new URLSearchParams(own?.request.body?.text ?? ''), [
      was,
      is,
    ]);
    const form = { type: 'application/x-www-form-urlencoded', text: fields.toString() };
    return [{ by: 'a form', request: { ...common, method, navigation: true, body: form } }];
  }
  // HTML standard, text/plain encoding: a form can send what looks like JSON.
  const forged = { type: 'text/plain', text: text.replaceAll(JSON.stringify(was).slice(1, -1), is) };
  return [{ by: 'a form of text', request: { ...common, method, navigation: true, body: forged } }];
}

/** Returns the preflight of a script of another site that sends the change as it is; null when it needs none. */
export function preflightOf(hers: Sent): { request: BrowserRequest; allowed: (answer: Answered) => boolean } | null {
  const { method, url, body, options = {} } = hers.request;
  const own = Object.entries(options.headers ?? {});
  const headers = body ? [...own, ['Content-Type', body.type] as [string, string]] : own;
  const asked = { origin: evilFor(url).origin, method, headers, credentials: true };
  const preflight = preflightFor(asked);
  if (preflight === null) return null;
  const request: BrowserRequest = {
    ...{ method: 'OPTIONS', url, initiator: evilFor(url), navigation: false, credentials: 'omit' },
    ...{
      options: { cookie: '', headers: Object.fromEntries(preflight) },
      note: 'a CORS preflight: asks for permission',
    },
  };
  return { request, allowed: (answer) => whyNotAllowed(answer, asked) === null };
}
type Answered = Parameters<typeof whyNotAllowed>[0];

/** A field that differs between two people, and is not what was changed, is a token or a number of theirs: the attacker has her own. */
function withOwnTokens(
  hers: URLSearchParams,
  own: URLSearchParams,
  [was, is]: readonly [string, string],
): URLSearchParams {
  return new URLSearchParams(
    [...hers].map(([name, value]) => {
      if (value.includes(was)) return [name, value.replaceAll(was, is)];
      return [name, own.get(name) ?? value];
    }),
  );
}
