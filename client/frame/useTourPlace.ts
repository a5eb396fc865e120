import { type RefObject, useLayoutEffect, useState } from 'react';
import { besideAnchor, gap, type Hint, type Rect, ringAround } from './tourHints.ts';

interface Placed {
  /** The frame around what the hint points at, in px of the window. */
  ring: Rect;
  left: number;
  top: number;
}

/**
 * Returns where a hint stands, and follows what it points at. Where a long page has no room beside that, the page is scrolled so
 * that the hint stands above it.
 *
 * @param box the hint itself
 */
export function useTourPlace(hint: Hint, box: RefObject<HTMLElement | null>): Placed | null {
  const [placed, setPlaced] = useState<Placed | null>(null);

  useLayoutEffect(() => {
    const anchor = document.querySelector(hint.anchor);
    if (!anchor || !box.current) return;
    const element = box.current;
    const place = () => {
      const { width, height } = element.getBoundingClientRect();
      const room = { width: innerWidth, height: floorFor(anchor) };
      const rect = rectOf(anchor);
      const at = besideAnchor(rect, hint.side, { width, height }, room);
      // A learner who has scrolled away still sees the hint, and can end the tour.
      const lowest = room.height - gap - height;
      setPlaced({
        ring: ringAround(rect, { width: innerWidth, height: innerHeight }),
        ...(at ?? { left: gap, top: Math.max(gap, Math.min(rect.top - gap - height, lowest)) }),
      });
      return { at, height, rect };
    };
    const { at, height, rect } = place();
    if (!at || !isVisible(rect)) {
      scrollBy({ top: rect.top - height - 2 * gap, behavior: 'instant' });
      place();
    }
    const observer = new ResizeObserver(place);
    observer.observe(anchor);
    observer.observe(element);
    addEventListener('resize', place);
    addEventListener('scroll', place, { passive: true });
    return () => {
      observer.disconnect();
      removeEventListener('resize', place);
      removeEventListener('scroll', place);
    };
  }, [hint, box]);

  return placed;
}

/** The lower end of the room for a hint, in px of the window: no hint covers the buttons of the footer, which has another one. */
function floorFor(anchor: Element): number {
  if (anchor.closest('.footer')) return innerHeight;
  return document.querySelector('.footer')?.getBoundingClientRect().top ?? innerHeight;
}

const isVisible = ({ top, height }: Rect) => top < innerHeight && top + height > 0;

function rectOf(element: Element): Rect {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
