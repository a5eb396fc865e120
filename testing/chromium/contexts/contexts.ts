/** The contexts in which a page or a person can cause a request, as data: both browsers send each of them. */

/** What a server answers in one hop of a request. */
export interface Hop {
  /** The origin that is asked. */
  at: string;
  /** The status of a redirect; the last hop of a request has none. */
  status?: number;
  /** The Location to send, where it is not the next hop. `$next` stands for the address of the next hop. */
  location?: string;
  /** `$origin` stands for the Origin that was received. */
  headers?: Record<string, string>;
  /** The response to a preflight. Without it, the preflight gets the hop’s headers and status 204. */
  preflight?: { status?: number; headers?: Record<string, string> };
}

export interface Context {
  /** Says what is special about it. */
  name: string;
  /** The origin of the page that causes the request; null: a person types the address. */
  from: string | null;
  /** `clicked`: the script that submits the form runs in a click. */
  how: 'typed' | 'link' | 'form' | 'image' | 'style sheet' | 'fetch' | 'frame' | 'form into a frame';
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  mode?: 'no-cors';
  credentials?: 'include' | 'same-origin' | 'omit';
  /** The Referrer-Policy of the page. */
  policy?: string;
  hops: readonly [Hop, ...Hop[]];
}

export const isNavigation = ({ how }: Context) => how === 'typed' || how === 'link' || how === 'form';

/** What becomes of a frame is not compared: a page of another origin learns nothing of it. */
export const isFramed = ({ how }: Context) => how === 'frame' || how === 'form into a frame';

/** The address of a hop: the number of the context, and that of the hop. */
export const addressOf = (contexts: readonly Context[], context: Context, hop: number) =>
  `${context.hops[hop]!.at}/context/${contexts.indexOf(context)}/${hop}`;

/** Returns the context and the hop that an address names; null for any other address. */
export function hopAt(contexts: readonly Context[], { pathname }: URL): { context: Context; hop: number } | null {
  const [, index, hop] = /^\/context\/(\d+)\/(\d+)/.exec(pathname) ?? [];
  const context = contexts[Number(index)];
  return context && Number(hop) < context.hops.length ? { context, hop: Number(hop) } : null;
}
