/**
 * How much room the page has for its layout. Larger letters (the browser's font size, the presentation size) leave less room in
 * the same window. A media query knows only the window, so the style sheets read the attribute `data-room` instead.
 */

/** The layout changes below these widths in px. */
const widths = [640, 900, 1020, 1180];
const large = { width: 1800, height: 940 };

/** Returns the value of `data-room`: "below-1180 below-1020", "large", or "". Sizes in px of the page, letters included. Pure. */
export function roomFor(width: number, height: number): string {
  const words = widths.filter((least) => width < least).map((least) => `below-${least}`);
  if (width >= large.width && height >= large.height) words.push('large');
  return words.join(' ');
}

/** Returns whether `data-room` has a word that begins so. A page that is drawn as text, as for a test, has no window and none of them. */
export const hasRoom = (word: string): boolean =>
  typeof document !== 'undefined' && document.documentElement.dataset.room?.includes(word) === true;

/** Keeps `data-room` of `html` up to date. `root` must be as wide as the window. */
export function followRoom(root: HTMLElement, html: HTMLElement): void {
  const measure = () => {
    const width = root.clientWidth;
    html.dataset.room = roomFor(width, (window.innerHeight * width) / window.innerWidth);
  };
  measure();
  // In the next frame, because the attribute changes the size of what is observed.
  const measureSoon = () => requestAnimationFrame(measure);
  new ResizeObserver(measureSoon).observe(root);
  window.addEventListener('resize', measureSoon);
}
