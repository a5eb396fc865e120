/** A request while it is being written, and what becomes of it. Pure. */
import type { ManualRequest } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';

export interface Draft {
  actor: string;
  method: string;
  url: string;
  /** '' for an address that is typed. */
  origin: string;
  /** One header a line. */
  headers: string;
  body: string;
}

export const firstDraft: Draft = {
  actor: '',
  method: 'GET',
  url: '/me',
  origin: 'https://shop.example',
  headers: '',
  body: '',
};

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const jsonHeader = 'Content-Type: application/json';

/** Whether such a request can have a body, and headers of its own. */
export const takesBody = ({ method, origin }: Draft) => origin !== '' && !/^(get|head)$/i.test(method);
export const takesHeaders = ({ origin }: Draft) => origin !== '';

/** The routes as they are offered for completion. */
export const routeNames = (routes: FreePlayOffer['routes']) => [
  ...new Set(routes.map(({ method, path }) => `${method} ${path}`)),
];

/** A path as it was typed or picked; `POST /basket` says the method as well. */
export function withAddress(draft: Draft, typed: string): Draft {
  const [, method, url] = /^([A-Z]+) (\S.*)$/.exec(typed) ?? [];
  return method && url ? withMethod({ ...draft, url }, method) : { ...draft, url: typed };
}

/** With the method of a body comes the header that says what it is; a typed address is always a GET. */
export function withMethod(draft: Draft, method: string): Draft {
  const next = { ...draft, method };
  if (takesBody(next)) return { ...next, headers: next.headers === '' ? jsonHeader : next.headers };
  return { ...next, headers: next.headers === jsonHeader ? '' : next.headers };
}

export const withOrigin = (draft: Draft, origin: string): Draft =>
  origin === '' ? withMethod({ ...draft, origin, headers: '', body: '' }, 'GET') : { ...draft, origin };

/** Header lines as headers, or a sentence about the first line that is none. */
export function parseHeaders(text: string): Header[] | string {
  const headers: Header[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) return `“${line.trim()}” is no header: write its name, a colon and its value.`;
    headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** What is asked of the server, or a sentence about what is wrong. */
export function requestOf(draft: Draft, actor: string): ManualRequest | string {
  const headers = takesHeaders(draft) ? parseHeaders(draft.headers) : [];
  if (typeof headers === 'string') return headers;
  if (draft.url.trim() === '') return 'Type a path, such as /me.';
  if (/\/:\w/.test(draft.url)) return `Write what ${/:\w+/.exec(draft.url)?.[0]} stands for in ${draft.url}.`;
  return {
    do: 'request',
    actor,
    method: draft.method.trim(),
    url: draft.url.trim(),
    origin: draft.origin || null,
    headers,
    body: takesBody(draft) && draft.body !== '' ? draft.body : null,
  };
}
