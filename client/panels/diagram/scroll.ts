/** Where the diagram scrolls to: pixels in, pixels out. */
import type { Layout } from './layout.ts';
import { stretches } from './layout.ts';

/** The newest step from its beginning, or as much before it as there is room for. */
export function topOfNewest({ groups, height }: Layout, viewport: number): number {
  const end = Math.max(0, height - viewport);
  const newest = groups.findLast(({ group }) => group.current) ?? groups.at(-1);
  return newest ? Math.min(newest.top, end) : 0;
}

/** The smallest move from `scrollTop` that shows all of `top`..`bottom`, its beginning if it is taller than the viewport. */
export function topToShow(span: { top: number; bottom: number }, viewport: number, scrollTop: number): number {
  if (span.top < scrollTop || span.bottom - span.top > viewport) return Math.max(0, span.top);
  return Math.max(scrollTop, span.bottom - viewport);
}

/** From the first to the last row of a request; null when it is not in the diagram. */
export function spanOf(layout: Layout, request: number): { top: number; bottom: number } | null {
  const all = layout.groups.flatMap(({ top, rows }) =>
    stretches(rows, request).map((stretch) => ({ top: top + stretch.top, bottom: top + stretch.top + stretch.height })),
  );
  const [first] = all;
  return first ? { top: first.top, bottom: all.at(-1)!.bottom } : null;
}
