/** The page's addresses: `/`, the catalogue, `/scenarios/<slug>`, `/standards`, and `/trace`, a trace from a file. */
import { useSyncExternalStore } from 'react';

/** The slug in an address; null for the catalogue, which is what every other address shows. */
export function slugIn(path: string): string | null {
  return /^\/scenarios\/([^/]+)\/?$/.exec(path)?.[1] ?? null;
}

export const addressOf = (slug: string) => `/scenarios/${slug}`;

export const standardsAddress = '/standards';
export const traceAddress = '/trace';

const listeners = new Set<() => void>();

/** Go to another address of the page without loading it again. */
export function navigate(path: string): void {
  history.pushState(null, '', path);
  for (const listener of listeners) listener();
}

/** The slug of the scenario in the address bar; null while the catalogue is shown. */
export function useSlug(): string | null {
  return useSyncExternalStore(subscribe, () => slugIn(location.pathname));
}

/** Whether the address bar has that address of the page. */
export function useAsked(address: string): boolean {
  return useSyncExternalStore(subscribe, () => location.pathname.replace(/\/$/, '') === address);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}
