/** What the panels have in common: the name of a region, its size, and moving in it. */
import { createContext, type KeyboardEvent, type RefObject, use, useLayoutEffect, useState } from 'react';
import { beforePicture } from './picture.ts';

/** The side of a comparison that a component belongs to; null when only one variant is shown. */
export const SideContext = createContext<string | null>(null);

/** Returns the accessible name of a region: "Cookies", or in a comparison "Cookies, vulnerable". */
export function useRegionName(name: string): string {
  const side = use(SideContext);
  return side === null ? name : `${name}, ${side}`;
}

/**
 * Returns the inner width of an element, and the CSS variable `--zoom` that enlarges what is in it. The width is in px before
 * this enlargement. Renders again when either changes.
 */
export function useInnerSize(ref: RefObject<HTMLElement | null>): { width: number; zoom: number } {
  const [size, setSize] = useState({ width: 800, zoom: 1 });
  useLayoutEffect(() => {
    const element = ref.current!;
    const measure = () => {
      const zoom = Number(getComputedStyle(element).getPropertyValue('--zoom')) || 1;
      const width = Math.floor(element.clientWidth / zoom);
      setSize((last) => (last.width === width && last.zoom === zoom ? last : { width, zoom }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/**
 * Returns how far a panel has to be scrolled, just enough to show an element in it, or the start of an element that is taller than the
 * panel. To scroll the panel moves nothing else; scrollIntoView would also move a page on which the panels are stacked.
 *
 * @param panel must be positioned, because the element's offset counts from it
 * @param covered px at the top of the panel that something else covers
 * @param from how far the panel is scrolled
 */
export function topWithin(panel: HTMLElement, element: HTMLElement, covered: number, from = panel.scrollTop): number {
  const margin = 12;
  const top = element.offsetTop - covered;
  const bottom = element.offsetTop + element.offsetHeight + margin;
  const height = panel.clientHeight;
  if (top < from || bottom - top > height) return Math.max(0, top);
  return bottom > from + height ? bottom - height : from;
}

/**
 * Returns where to scroll: to the start of what is read first, unless the end of what must be read then is out of sight. Everything in
 * pixels.
 */
export const topToKeep = (start: number, end: number, height: number): number => Math.max(0, start, end - height);

/** Scrolls a panel so before the next picture. Returns a function that calls it off. */
export function scrollWithin(panel: HTMLElement, element: HTMLElement, covered: number): () => void {
  return beforePicture(() => {
    const top = topWithin(panel, element, covered);
    return () => {
      panel.scrollTop = top;
    };
  });
}

/**
 * Moves the focus with the up and down arrow keys in a list that has one button per item. Tab reaches only one of them. It reads
 * the neighbors from the page, because such a list is too long to keep state for each item.
 */
export function moveFocusInList(event: KeyboardEvent<HTMLElement>): void {
  const neighbor = { ArrowUp: 'previousElementSibling', ArrowDown: 'nextElementSibling' } as const;
  const item = event.target instanceof Element ? event.target.closest('li') : null;
  if (!item || !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return;
  event.preventDefault();
  item[neighbor[event.key]]?.querySelector('button')?.focus();
}
