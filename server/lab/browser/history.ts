import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import type { BrowserRequest } from './exchange.ts';

interface Entry {
  /** What led to the page, after redirects. The Back button asks again for the same reason. */
  request: BrowserRequest;
  /** The page as it was shown; null if it must be requested again. */
  page: LastResponse | null;
}

/**
 * Creates the history of one window, for the Back button. A browser shows the previous page as it was, even with `no-cache`
 * or `private`; only `no-store` makes it request the page again (measured with Chromium).
 */
export function createHistory() {
  let entries: Entry[] = [];
  let current = -1;

  const entryOf = (request: BrowserRequest, response: LastResponse): Entry => {
    const noStore = /\bno-store\b/i.test(response.headers['cache-control'] ?? '');
    return { request, page: noStore ? null : response };
  };
  /** A link to the page that is open replaces it. */
  const isOpen = ({ url, method }: BrowserRequest) => {
    const open = entries[current]?.request;
    return method === 'GET' && open?.method === 'GET' && open.url.href === url.href;
  };

  return {
    visited(request: BrowserRequest, response: LastResponse): void {
      if (!isOpen(request)) current += 1;
      entries = [...entries.slice(0, current), entryOf(request, response)];
    },
    /** The page that is open was requested again. */
    renewed(request: BrowserRequest, response: LastResponse): void {
      entries = entries.with(current, entryOf(request, response));
    },
    /** Goes back to the previous page and returns it. Throws if there is none. */
    back(): Entry {
      const entry = entries[current - 1];
      if (!entry) throw new Error('There is no page to go back to; let the actor visit two pages first.');
      current -= 1;
      return entry;
    },
    /** Clear-Site-Data: "cache". */
    clearPages(origin: string): void {
      entries = entries.map((entry) => (entry.request.url.origin === origin ? { ...entry, page: null } : entry));
    },
  };
}
