import { type RefObject, useLayoutEffect, useState } from 'react';
import { type Layout, requestsBelow } from './layout.ts';

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  layout: Layout;
  /** How much the diagram is enlarged. */
  zoom: number;
  /** Scrolls to the end of the current step. */
  onGo: () => void;
}

/** Says how much of the current step is below what is visible: its last request is often what the step is about. */
export function MoreBelow({ scroller, layout, zoom, onGo }: Props) {
  const [count, setCount] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const bottom = (element.scrollTop + element.clientHeight) / zoom - layout.names.height;
      setCount(requestsBelow(layout, bottom));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, [scroller, layout, zoom]);
  if (count === 0) return null;
  return (
    // The arrow keys scroll the diagram.
    <button type="button" className="plain diagram-more" tabIndex={-1} onClick={onGo}>
      ↓ {count === 1 ? '1 more request' : `${count} more requests`}
    </button>
  );
}
