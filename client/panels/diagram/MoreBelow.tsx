import { type RefObject, useLayoutEffect, useState } from 'react';
import { type Below, belowIn, type Layout } from './layout.ts';

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  layout: Layout;
  /** How much the diagram is enlarged. */
  zoom: number;
  /** Scrolls to the end of the current step. */
  onGo: () => void;
}

/** Pixels between the names of the lanes and the button. */
const gap = 9;

/** Says how much of the current step is below what is visible: its last request is often what the step is about. It stands beside the title of the step, which stays in sight, and covers no arrow. */
export function MoreBelow({ scroller, layout, zoom, onGo }: Props) {
  const [{ requests, rest, top }, set] = useState<Below & { top: number }>({ requests: 0, rest: false, top: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const bottom = (element.scrollTop + element.clientHeight) / zoom - layout.names.height;
      const below = element.offsetTop + layout.names.height * zoom + gap;
      set((old) => {
        const now = belowIn(layout, bottom);
        const same = old.requests === now.requests && old.rest === now.rest && old.top === below;
        return same ? old : { ...now, top: below };
      });
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
  if (requests === 0 && !rest) return null;
  return (
    // The arrow keys scroll the diagram.
    <button type="button" className="plain diagram-more" tabIndex={-1} style={{ top }} onClick={onGo}>
      ↓ {requests === 0 ? 'rest of the request' : requests === 1 ? '1 more request' : `${requests} more requests`}
    </button>
  );
}
