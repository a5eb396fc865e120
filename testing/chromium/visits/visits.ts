/** Visits: what a person and the pages do one after the other in one window, as data. Both browsers do it. */

/** An address with the response it gets: `status`, and headers by their names. */
export interface Target {
  at: string;
  status?: number;
  headers?: Record<string, string>;
  /** The responses to the requests after the first one, where they differ. */
  then?: { status?: number; headers?: Record<string, string> };
}

export type Act =
  | { do: 'visit'; to: Target }
  | { do: 'link'; to: Target }
  | { do: 'form'; to: Target }
  | { do: 'image'; to: Target }
  | { do: 'fetch'; to: Target; method?: string; headers?: Record<string, string>; credentials?: 'include' | 'omit' }
  | { do: 'back' }
  /** Until a cookie without SameSite is no longer young: two minutes, or ten seconds in a Chromium that is started so. */
  | { do: 'wait' }
  | { do: 'write'; cookie: string };

export interface Visit {
  name: string;
  acts: readonly Act[];
}

/** Each visit has hosts of its own, so that it finds no cookies of another one: `shop.example` is `shop-3.example`. */
export const ownHosts = (text: string, visit: number) => text.replace(/([a-z]+)\.example/g, `$1-${visit}.example`);
export const sharedHosts = (text: string) => text.replace(/-\d+\.example/g, '.example');

/** The address of a target: the server reads its response from the query. */
export function urlOf({ at, status = 200, headers = {}, then }: Target, visit: number): string {
  const plan = JSON.stringify({ status, headers, then });
  return ownHosts(`${at}?plan=${encodeURIComponent(ownHosts(plan, visit))}`, visit);
}

interface ListedCookie {
  name: string;
  value: string;
  domain: string;
  path: string;
}

/** "cookies sid=1 for shop.example/": the whole jar, in the order of the alphabet. */
export function cookieLine(cookies: readonly ListedCookie[]): string {
  const listed = cookies.map(
    ({ name, value, domain, path }) => `${name}=${value} for ${sharedHosts(domain).replace(/^\./, '')}${path}`,
  );
  return `cookies ${listed.sort().join(', ') || 'none'}`;
}
