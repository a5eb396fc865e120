/** The addresses of the page: `/` (the catalogue), `/scenarios/<slug>`, `/standards`, `/tutorial`, and `/trace` (a trace from a file). */
import { useSyncExternalStore } from 'react';

/** Returns the slug in an address; null for every other address. Those show the catalogue. */
export function slugIn(path: string): string | null {
  return /^\/scenarios\/([^/]+)\/?$/.exec(path)?.[1] ?? null;
}

export const addressOf = (slug: string) => `/scenarios/${slug}`;

export const standardsAddress = '/standards';
export const tutorialAddress = '/tutorial';
export const traceAddress = '/trace';

const listeners = new Set<() => void>();

/** Goes to another address of the page without reloading it. */
export function navigate(path: string): void {
  history.pushState(null, '', path);
  for (const listener of listeners) listener();
}

/** Returns the slug in the address bar; null while it has none. Renders again when it changes. */
export function useSlug(): string | null {
  return useSyncExternalStore(subscribe, () => slugIn(location.pathname));
}

/** Returns whether the address bar shows an address of the page. Renders again when it changes. */
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
