/**
 * The addresses of the page: `/` (the catalogue), `/scenarios/<slug>`, `/standards`, `/tutorial`, `/trace` (a trace from a file), and
 * `/room` (a workshop) with the pages of those who run it.
 * The address bar shows them as they are, or behind a `#` where no server answers for paths.
 */
import { useSyncExternalStore } from 'react';

/** Returns the slug in an address; null for every other address. Those show the catalogue. */
export function slugIn(path: string): string | null {
  return /^\/scenarios\/([^/]+)\/?$/.exec(path)?.[1] ?? null;
}

export const addressOf = (slug: string) => `/scenarios/${slug}`;

export const standardsAddress = '/standards';
export const tutorialAddress = '/tutorial';
export const traceAddress = '/trace';

/** A workshop: the page of a participant, of the driver, of the projector, and of the driver's phone. */
export const roomAddress = '/room';
export const driveAddress = '/room/drive';
export const screenAddress = '/room/screen';
export const remoteAddress = '/room/remote';

/** Where the page is: an address, its search such as `?step=3`, and the id of a place on the page such as `#login`. */
export type Where = Pick<URL, 'pathname' | 'search' | 'hash'>;

/** How the address bar shows the addresses of the page. */
export interface AddressBar {
  read(url: URL): Where;
  /** Returns what leads to an address of the page. */
  write(address: string): string;
}

export const inPath: AddressBar = { read: (url) => url, write: (address) => address };

/** `index.html#/scenarios/idle-timeout?step=3`: for a folder of files, which no server maps to addresses. */
export const inHash: AddressBar = {
  read: ({ hash }) => new URL(hash.startsWith('#/') ? `page:${hash.slice(1)}` : 'page:/'),
  write: (address) => `#${address}`,
};

let bar = inPath;

/** Keeps the address behind a `#` from now on. */
export function keepInHash(): void {
  bar = inHash;
  // A person who changes the rest of the address by hand asks for another place of the same page, as a reload shows it.
  window.addEventListener('hashchange', ({ oldURL, newURL }) => {
    const [before, after] = [bar.read(new URL(oldURL)), bar.read(new URL(newURL))];
    if (before.pathname === after.pathname && before.search !== after.search) location.reload();
  });
}

/** Returns where the page is. */
export const here = (): Where => bar.read(new URL(location.href));

/** Whether the browser itself goes to places on the page: with the address behind a `#` it cannot. */
const browserFindsPlaces = () => bar === inPath;

/** Scrolls to the place on the page that the address names, if there is one. */
export function showPlace(): void {
  const { hash } = here();
  if (hash !== '') document.getElementById(hash.slice(1))?.scrollIntoView();
}

/** Does what the browser does for a link to a place on the page, where it cannot: scrolls there, and the Tab key goes on from there. */
export function goToPlace(id: string): void {
  const place = document.getElementById(id);
  if (browserFindsPlaces() || !place) return;
  place.scrollIntoView();
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

/** Returns what a link to an address of the page has as its `href`. */
export const hrefOf = (address: string) => bar.write(address);

const listeners = new Set<() => void>();

/** Goes to another address of the page without reloading it. */
export function navigate(address: string): void {
  history.pushState(null, '', bar.write(address));
  for (const listener of listeners) listener();
}

/** Goes to another address without a way back to this one. */
export function replaceAddress(address: string): void {
  history.replaceState(null, '', bar.write(address));
  for (const listener of listeners) listener();
}

/** Returns what stands after `#`, and takes it out of the address bar: a secret there must not stay in view or in the history. */
export function takeSecret(): string {
  const { pathname, search, hash } = here();
  if (hash !== '') history.replaceState(history.state, '', bar.write(pathname + search));
  return decodeURIComponent(hash.slice(1));
}

/** Writes another search into the address bar, for the place that is shown already. */
export function rewriteSearch(search: string): void {
  const { pathname, hash } = here();
  history.replaceState(history.state, '', bar.write(`${pathname}?${search}${hash}`));
}

/** Returns the slug in the address bar; null while it has none. Renders again when it changes. */
export function useSlug(): string | null {
  return useSyncExternalStore(subscribe, () => slugIn(here().pathname));
}

/** Returns whether the address bar shows an address of the page. Renders again when it changes. */
export function useAsked(address: string): boolean {
  return usePath() === address;
}

/** Returns the path in the address bar, without a slash at its end. Renders again when it changes. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => here().pathname.replace(/\/$/, ''));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}
