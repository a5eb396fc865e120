import { type RefObject, useEffect, useRef } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { scrollWithin } from '../scrollWithin.ts';

/** Pixels at the top that the title of a panel covers, with some air. */
const headHeight = 36;

/** For a panel that scrolls: when a step has been played, or is gone back to, the first thing that it changed comes into sight. */
export function useChangedInSight({ step, running, header }: View): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each step, and not while somebody scrolls
  useEffect(() => {
    const changed = panel.current?.querySelector<HTMLElement>('[data-changed="true"]');
    if (panel.current && changed && !running) scrollWithin(panel.current, changed, headHeight);
  }, [step, running, header.sandbox]);
  return panel;
}
