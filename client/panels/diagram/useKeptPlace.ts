import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Shows the current step again when the diagram becomes lower or higher, as it does beside a picture that grows: until the learner
 * scrolls elsewhere.
 *
 * @param show scrolls to the current step
 * @returns where it was scrolled to, in px; null when that was not the current step
 */
export function useKeptPlace(scroller: RefObject<HTMLElement | null>, show: () => void): RefObject<number | null> {
  const place = useRef<number | null>(null);
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === height) return;
      height = element.clientHeight;
      const { current: kept } = place;
      const isAtEnd = element.scrollTop >= element.scrollHeight - height - 1;
      // A diagram that becomes higher cannot be scrolled as far.
      if (kept !== null && (Math.abs(element.scrollTop - kept) <= 1 || (isAtEnd && element.scrollTop < kept)))
        latest.current();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return place;
}
