/** What a page of another site can send in somebody's name, and what of it the app takes. */
import { preflightFor, whyNotAllowed } from '../../lab/browser/cors.ts';
import type { BrowserRequest } from '../../lab/browser/exchange.ts';
import type { Sent } from '../browser/tab.ts';
import { type Fields, fieldsOf, filled, jsonWith, queryOf, renamed, type Tokens, tokensIn } from './fields.ts';

/**
 * The page of the attacker. No request goes there: it is where the forged ones come from. It has the scheme of the app, because
 * from https to http a browser hides where a form comes from, and the attacker need not.
 */
export const evilFor = ({ protocol }: URL) => new URL(`${protocol}//evil.example/`);

/** How another site makes a browser send a change. */
export interface Forgery {
  /** "a form", "a link without its token": ends a sentence such as "another site makes it by …". */
  by: string;
  /** Returns the request that makes the change with that text. */
  to: (text: string) => BrowserRequest;
}

/** What identifies the change among the requests of a recipe: the last one that is not only reading, else the last one. */
export const theChange = (sent: readonly Sent[]): Sent | undefined =>
  sent.findLast(({ request }) => !['GET', 'HEAD'].includes(request.method)) ??
  sent.findLast(({ request }) => request.redirects === undefined);

/**
 * Returns what a page of another site can send to make the same change: it knows the app, and what the attacker herself sends,
 * but no secret of the victim's pages. It cannot set headers that a form cannot. What an app takes may be more than its own pages
 * send: a form in place of JSON, a link in place of a form, a request without its token, or one that does not say where it is from.
 * @param hers the change of the victim, with the text `was` @param own the change of the attacker, with her own tokens
 */
export function forgeriesOf(hers: Sent, own: Sent | undefined, was: string): Forgery[] {
  const { method, body } = hers.request;
  const isJson = /\bjson\b/i.test(body?.type ?? '');
  const fields = fieldsOf(hers);
  const tokens = tokensIn(fields, own ? fieldsOf(own) : [], was);
  const inUrl = tokensIn([...hers.request.url.searchParams], [...(own?.request.url.searchParams ?? [])], was);

  const address = (text: string, tokens: Tokens | null) => {
    const url = new URL(hers.request.url.href.replaceAll(encodeURIComponent(was), encodeURIComponent(text)));
    url.search = queryOf(filled([...url.searchParams], inUrl, tokens !== null));
    return url;
  };
  const common = (text: string, tokens: Tokens | null) => {
    const url = address(text, tokens);
    return { url, initiator: evilFor(url), navigation: true, note: 'forged by another site' } as const;
  };
  const form = (text: string, known: Tokens | null, extra: Fields = []): BrowserRequest => {
    const sent = filled(renamed(fields, was, text), tokens, known !== null);
    const body = { type: 'application/x-www-form-urlencoded', text: queryOf([...sent, ...extra]) };
    return { ...common(text, known), method: 'POST', body };
  };
  const link = (text: string, known: Tokens | null): BrowserRequest => {
    const { url, ...others } = common(text, known);
    for (const [name, value] of method === 'GET' ? [] : filled(renamed(fields, was, text), tokens, known !== null))
      url.searchParams.set(name, value);
    return { ...others, url, method: 'GET', clicked: true };
  };
  /** HTML standard, text/plain encoding: a form can send what looks like JSON. */
  const plain = (text: string, known: Tokens | null): BrowserRequest => {
    const written = isJson ? jsonWith(body!.text, tokens, known !== null) : (body?.text ?? '');
    const forged = { type: 'text/plain', text: written.replaceAll(JSON.stringify(was).slice(1, -1), text) };
    return { ...common(text, known), method: 'POST', body: forged };
  };

  const hasTokens = tokens.size + inUrl.size > 0;
  const both = (by: string, request: (text: string, known: Tokens | null) => BrowserRequest): Forgery[] => [
    { by, to: (text) => request(text, tokens) },
    ...(hasTokens ? [{ by: `${by} without its token`, to: (text: string) => request(text, null) }] : []),
  ];
  if (method === 'GET') return both('a link', link);
  const isForm = body === undefined || body.type.startsWith('application/x-www-form-urlencoded');
  if (method !== 'POST') {
    // Many frameworks let a form name the method that it cannot have.
    const named: Fields = [['_method', method]];
    return [
      ...both('a form that names the method in a field', (text, known) => form(text, known, named)),
      ...both('a link', link),
    ];
  }
  return [
    ...(isForm ? [] : both('a form of text', plain)),
    ...(isForm || isJson ? both('a form', form) : []),
    {
      by: 'a form that hides where it comes from',
      to: (text) => ({ ...(isForm ? form : plain)(text, tokens), referrerPolicy: 'no-referrer' }),
    },
    ...both('a link', link),
  ];
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
