/** For tests and the bench: a page that a person has seen before, and when one can use it. Without vitest, which the bench is not run by. */
import type { BrowserContext, Page } from 'playwright-core';
import { storageKey } from '../../client/progress/progressStore.ts';

/** In each page that has not stored anything yet. */
export async function markTourAsSeen(context: BrowserContext): Promise<void> {
  const state = { progress: {}, presenting: false, seen: ['tour'] };
  await context.addInitScript(
    ([key, stored]) => {
      try {
        if (localStorage.getItem(key) === null) localStorage.setItem(key, stored);
      } catch {
        // A page without a storage, such as one that blocks it.
      }
    },
    [storageKey, JSON.stringify({ state, version: 1 })] as const,
  );
}

/** Until then there is no sandbox, and what is done is lost. On a phone, the button is behind "More controls". */
export const untilReady = (page: Page) =>
  page.getByRole('button', { name: 'Jump time', disabled: false, includeHidden: true }).waitFor({ state: 'attached' });
