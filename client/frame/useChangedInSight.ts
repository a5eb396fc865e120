import { type RefObject, useEffect, useRef } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { scrollWithin } from '../ui/scrollWithin.ts';

/**
 * For a panel that scrolls: when a step has been played, or is gone back to, the first thing that it changed comes into sight, with as
 * little scrolling as that takes: what stayed the same beside it may be the lesson.
 *
 * @param what a selector of what can be changed
 * @param covered pixels above it that must be seen, or are covered by the title of the panel
 */
export function useChangedInSight(
  { step, running, header }: View,
  what: string,
  covered: number,
): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each step, and not while somebody scrolls
  useEffect(() => {
    const changed = panel.current?.querySelector<HTMLElement>(`${what}[data-changed="true"]`);
    if (panel.current && changed && !running) scrollWithin(panel.current, changed, covered);
  }, [step, running, header.sandbox]);
  return panel;
}
