/** On a phone, where the page scrolls: keeps the picture of who is who in sight, with the step that it shows. */
import { useEffect } from 'react';
import { beforePicture } from '../ui/picture.ts';
import { hasRoom } from '../ui/room.ts';

/** A picture that is higher than this share of the window would leave too little of it for what is read. */
const mostOfWindow = 0.42;

/** Marks the panels as ones whose picture stays at the top of the window, unless it is too high. */
function pin(root: HTMLElement, picture: HTMLElement): boolean {
  const stays = picture.offsetHeight <= mostOfWindow * window.innerHeight;
  root.toggleAttribute('data-picture-stays', stays);
  return stays;
}

/**
 * Scrolls the page when another step is shown: its title is below the picture, where that stays at the top; else the picture is at
 * the top.
 *
 * @param root contains the panels of one variant, or of both
 * @param step the index of the step; null before the first one
 */
export function usePictureInView(root: { current: HTMLElement | null }, step: number | null, running: boolean): void {
  useEffect(() => {
    if (!hasRoom('below-900') || running) return;
    return beforePicture(() => {
      const panels = root.current;
      const pictures = [...(panels?.querySelectorAll<HTMLElement>('.identity-panel') ?? [])];
      const [first] = pictures;
      if (!panels || !first) return;
      // Of two pictures, neither stays.
      const covered = pictures.length === 1 && pin(panels, first) ? first.offsetHeight : null;
      const title = panels.querySelector('[aria-current="step"]');
      const top = (element: Element) => element.getBoundingClientRect().top + window.scrollY;
      const to = step === null ? 0 : covered === null || !title ? top(first) - above : top(title) - covered - gap;
      return () => window.scrollTo({ top: to, behavior: 'instant' });
    });
  }, [root, step, running]);
}

/** The title of the side above its picture, in pixels. */
const above = 40;
/** Between the picture and the title of the step, in pixels. */
const gap = 8;
