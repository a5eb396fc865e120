/**
 * How much room the layout has, for the style sheets: the window is as wide as it is, and with letters twice as large (browser's
 * font size, presentation size) it has room for half of them. A media query knows the window and not the letters.
 */

/** Pixels below which something is laid out differently. */
const widths = [640, 900, 1020, 1180];
const large = { width: 1800, height: 940 };

/** The words in `data-room`: "below-1180 below-1020", "large". Pixels, of the size in which the page is shown. Pure. */
export function roomInWords(width: number, height: number): string {
  const words = widths.filter((least) => width < least).map((least) => `below-${least}`);
  if (width >= large.width && height >= large.height) words.push('large');
  return words.join(' ');
}

/** Write the room of `root`, which is as wide as the window, to `html`, now and whenever it changes. */
export function followRoom(root: HTMLElement, html: HTMLElement): void {
  const measure = () => {
    const width = root.clientWidth;
    html.dataset.room = roomInWords(width, (window.innerHeight * width) / window.innerWidth);
  };
  measure();
  // In the next frame, because what follows from it changes the size of what is observed.
  const soon = () => requestAnimationFrame(measure);
  new ResizeObserver(soon).observe(root);
  window.addEventListener('resize', soon);
}
