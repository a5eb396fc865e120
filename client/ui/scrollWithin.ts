/**
 * Scroll a panel, and nothing but that panel, as little as shows one of its parts; from its start when it is too long to be
 * shown whole. scrollIntoView would also move the page where the panels are stacked.
 *
 * @param panel must be positioned, so that its parts are measured from it
 * @param covered pixels at the panel's top that are covered
 */
export function scrollWithin(panel: HTMLElement, part: HTMLElement, covered: number): void {
  const air = 12;
  const top = part.offsetTop - covered;
  const bottom = part.offsetTop + part.offsetHeight + air;
  const room = panel.clientHeight;
  if (top < panel.scrollTop || bottom - top > room) panel.scrollTop = top;
  else if (bottom > panel.scrollTop + room) panel.scrollTop = bottom - room;
}
