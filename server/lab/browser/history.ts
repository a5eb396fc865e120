import type { LastResponse } from '../../../scenarios/engine/cast.ts';

interface Entry {
  url: string;
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

  return {
    visited(url: string, response: LastResponse): void {
      const noStore = /\bno-store\b/i.test(response.headers['cache-control'] ?? '');
      entries = [...entries.slice(0, current + 1), { url, page: noStore ? null : response }];
      current = entries.length - 1;
    },
    /** Goes back to the previous page and returns it. Throws if there is none. */
    back(): Entry {
      const entry = entries[current - 1];
      if (!entry) throw new Error('There is no page to go back to; let the actor visit two pages first.');
      current -= 1;
      return entry;
    },
    /** Clear-Site-Data: "cache". */
    clearPages(): void {
      entries = entries.map(({ url }) => ({ url, page: null }));
    },
  };
}
