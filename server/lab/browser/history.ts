import type { LastResponse } from '../../../scenarios/engine/cast.ts';

interface Entry {
  url: string;
  /** null: not kept, so to be asked for again. */
  kept: LastResponse | null;
}

/**
 * The pages of one window and the Back button. A browser shows a page again as it was, whatever `no-cache` or `private` say; only
 * `no-store` makes it ask the server again (measured with Chromium).
 */
export function createHistory() {
  let entries: Entry[] = [];
  let current = -1;

  return {
    visited(url: string, response: LastResponse): void {
      const noStore = /\bno-store\b/i.test(response.headers['cache-control'] ?? '');
      entries = [...entries.slice(0, current + 1), { url, kept: noStore ? null : response }];
      current = entries.length - 1;
    },
    /** The page before: kept, or to be asked for again. Throws when there is none. */
    back(): Entry {
      const entry = entries[current - 1];
      if (!entry) throw new Error('There is no page to go back to; let the actor visit two pages first.');
      current -= 1;
      return entry;
    },
    /** Clear-Site-Data: "cache". */
    forget(): void {
      entries = entries.map(({ url }) => ({ url, kept: null }));
    },
  };
}
