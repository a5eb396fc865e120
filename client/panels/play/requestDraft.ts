/** A request while the learner writes it, and the request it becomes. Pure. */
import type { ManualRequest } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';

/** What fetch() can say about cookies. */
export const credentials = ['include', 'same-origin', 'omit'] as const;

export interface Draft {
  /** '' for the first one. */
  actor: string;
  method: string;
  url: string;
  /** The page that sends the request; '' for an address typed into the address bar. */
  origin: string;
  credentials: (typeof credentials)[number];
  /** One header per line. */
  headers: string;
  body: string;
}

export const firstDraft: Draft = {
  actor: '',
  method: 'GET',
  url: '/me',
  origin: 'https://shop.example',
  credentials: 'include',
  headers: '',
  body: '',
};

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const jsonHeader = 'Content-Type: application/json';

export const canHaveBody = ({ method, origin }: Draft) => origin !== '' && !/^(get|head)$/i.test(method);
export const canHaveHeaders = ({ origin }: Draft) => origin !== '';

/** Returns the routes as suggestions: "POST /basket". */
export const routeNames = (routes: FreePlayOffer['routes']) => [
  ...new Set(routes.map(({ method, path }) => `${method} ${path}`)),
];

/** Sets the path or address. "POST /basket" also sets the method. */
export function withAddress(draft: Draft, typed: string): Draft {
  const [, method, url] = /^([A-Z]+) (\S.*)$/.exec(typed) ?? [];
  return method && url ? withMethod({ ...draft, url }, method) : { ...draft, url: typed };
}

/** Sets the method. If it can have a body, says that the body is JSON, unless there are other headers. */
export function withMethod(draft: Draft, method: string): Draft {
  const next = { ...draft, method };
  if (canHaveBody(next)) return { ...next, headers: next.headers === '' ? jsonHeader : next.headers };
  return { ...next, headers: next.headers === jsonHeader ? '' : next.headers };
}

/** Sets the page that sends the request. The address bar only sends GET, without additional headers. */
export const withOrigin = (draft: Draft, origin: string): Draft =>
  origin === '' ? withMethod({ ...draft, origin, headers: '', body: '' }, 'GET') : { ...draft, origin };

/** Returns the headers, or a sentence about the first line that is not a header. */
export function parseHeaders(text: string): Header[] | string {
  const headers: Header[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) return `“${line.trim()}” is not a header. Write its name, a colon and its value.`;
    headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** Returns the request to send, or a sentence about the mistake in the draft. */
export function requestOf(draft: Draft): ManualRequest | string {
  const headers = canHaveHeaders(draft) ? parseHeaders(draft.headers) : [];
  if (typeof headers === 'string') return headers;
  if (draft.url.trim() === '') return 'Type a path, such as /me.';
  const parameter = /\/(:\w+)/.exec(draft.url)?.[1];
  if (parameter) return `Replace ${parameter} in ${draft.url} with a value.`;
  return {
    do: 'request',
    actor: draft.actor,
    method: draft.method.trim(),
    url: draft.url.trim(),
    origin: draft.origin || null,
    headers,
    body: canHaveBody(draft) && draft.body !== '' ? draft.body : null,
    ...(draft.origin !== '' && draft.credentials !== 'include' && { credentials: draft.credentials }),
  };
}
