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
      const window = { width: innerWidth, height: innerHeight };
      const rect = rectOf(anchor);
      const at = besideAnchor(rect, hint.side, { width, height }, window);
      setPlaced({
        ring: ringAround(rect, window),
        ...(at ?? { left: gap, top: Math.max(gap, rect.top - gap - height) }),
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

const isVisible = ({ top, height }: Rect) => top < innerHeight && top + height > 0;

function rectOf(element: Element): Rect {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
