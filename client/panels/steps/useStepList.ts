import { useRovingIndex } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import { topToKeep, topWithin } from '../../ui/panel.ts';
import { beforePicture } from '../../ui/picture.ts';

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
    setFocused(null);
    if (!panel) return;
    const callOff = beforePicture(() => {
      const top = topForStep(panel, current);
      return () => {
        panel.scrollTop = top;
      };
    });
    // At the end, the lesson must be seen, and the last step above it: also when the panel gets another size, such as beside an open drawer.
    const showEnding = () => {
      const lesson = panel.querySelector<HTMLElement>('.ending-lesson');
      if (!lesson || !current) return;
      const end = lesson.offsetTop + lesson.offsetHeight + margin;
      panel.scrollTop = topToKeep(current.offsetTop - headHeight, end, panel.clientHeight);
    };
    const observer = new ResizeObserver(showEnding);
    observer.observe(panel);
    return () => {
      callOff();
      observer.disconnect();
    };
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

/** Returns how far to scroll: the current step is seen and, as far as there is room, the next one; before the first step, the top. */
function topForStep(panel: HTMLElement, current: HTMLElement | null | undefined): number {
  if (!current) return 0;
  const after = current.nextElementSibling;
  const next = after instanceof HTMLElement ? after : null;
  const withNext = next ? topWithin(panel, next, headHeight) : panel.scrollTop;
  const top = topWithin(panel, current, headHeight, withNext);
  const story = current.querySelector<HTMLElement>('.step-purpose + p');
  if (!story || !next?.querySelector('.predict')) return top;
  // The answers to choose from must be seen as well. For them the title may leave, which the diagram has too, but not the story.
  const end = next.offsetTop + next.offsetHeight + margin;
  if (end - panel.clientHeight <= top) return top;
  return Math.min(story.offsetTop - headHeight, topToKeep(0, end, panel.clientHeight));
}
