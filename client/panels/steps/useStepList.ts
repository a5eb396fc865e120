import { useRovingIndex } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import { scrollWithin, topToKeep } from '../../ui/panel.ts';

/** Pixels at the top that the title of the panel covers, including a gap. */
const headHeight = 36;
/** Pixels below what must be seen. */
const margin = 12;

/**
 * Gives a list of steps its behavior. It scrolls to the current step and the one after it. Tab reaches one step, and the arrow
 * keys move from there to the others.
 */
export function useStepList({ steps, step, running, header }: View, onGoTo: (steps: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  /** The step that Tab reaches; null for the current one. */
  const [focused, setFocused] = useState<number | null>(null);
  const { getItemProps } = useRovingIndex({
    total: steps.length,
    orientation: 'vertical',
    loop: false,
    focusedIndex: focused ?? step ?? 0,
    onFocusChange: setFocused,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the current step or its text changes
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current]')?.closest('li');
    const panel = list.current?.closest('section');
    const after = current?.nextElementSibling;
    if (panel && after instanceof HTMLElement) scrollWithin(panel, after, headHeight);
    if (current && panel) scrollWithin(panel, current, headHeight);
    const story = current?.querySelector<HTMLElement>('.step-purpose + p');
    if (panel && story && after instanceof HTMLElement && after.querySelector('.predict')) {
      // The answers to choose from must be seen as well. For them the title may leave, which the diagram has too, but not the story.
      const end = after.offsetTop + after.offsetHeight + margin;
      const most = story.offsetTop - headHeight;
      if (end - panel.clientHeight > panel.scrollTop)
        panel.scrollTop = Math.min(most, topToKeep(0, end, panel.clientHeight));
    } else if (panel) panel.scrollTop = 0;
    setFocused(null);
    if (!panel) return;
    // At the end, the lesson must be seen, and the last step above it: also when the panel gets another size, such as beside an open drawer.
    const showEnding = () => {
      const lesson = panel.querySelector<HTMLElement>('.ending-lesson');
      if (!lesson || !current) return;
      const end = lesson.offsetTop + lesson.offsetHeight + margin;
      panel.scrollTop = topToKeep(current.offsetTop - headHeight, end, panel.clientHeight);
    };
    const observer = new ResizeObserver(showEnding);
    observer.observe(panel);
    return () => observer.disconnect();
  }, [step, running, header.sandbox]);

  return {
    list,
    /** Returns the props for the button of a step. */
    propsOf: (index: number) => {
      const { onKeyDown, ...item } = getItemProps({ index, onClick: () => onGoTo(index + 1) });
      return {
        'aria-current': index === step ? ('step' as const) : undefined,
        ...item,
        // Home and End belong to the page: they go to the first and the last moment.
        onKeyDown: (event: KeyboardEvent) => {
          if (/^Arrow/.test(event.key)) onKeyDown(event);
        },
      };
    },
  };
}
