import { useRovingIndex } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import { topToKeep } from '../../ui/panel.ts';
import { beforePicture } from '../../ui/picture.ts';
import { margin, type OpenStep, topForStep } from './stepScroll.ts';

/** Pixels at the top that the title of the panel covers, including a gap. */
const headHeight = 36;

/**
 * Gives a list of steps its behavior. It scrolls to the current step and the one after it. Tab reaches one step, and the arrow
 * keys move from there to the others.
 *
 * @param atEnd whether the lesson is there, below the steps
 */
export function useStepList(
  { steps, step, running, header }: Pick<View, 'steps' | 'step' | 'running' | 'header'>,
  atEnd: boolean,
  onGoTo: (steps: number) => void,
) {
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the current step, its text or the lesson changes
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current]')?.closest('li') ?? null;
    const panel = list.current?.closest('section');
    setFocused(null);
    if (!panel) return;
    const callOff = beforePicture(() => {
      const top = current ? topForStep(placesOf(current), panel.clientHeight - headHeight) : 0;
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
  }, [step, running, atEnd, header.sandbox]);

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

/** Returns the places of the current step in its list. */
function placesOf(current: HTMLElement): OpenStep {
  const items = [...(current.parentElement?.children ?? [])].filter((item) => item instanceof HTMLElement);
  const index = items.indexOf(current);
  const next = items[index + 1];
  const title = current.querySelector<HTMLElement>('.step')?.offsetHeight ?? 0;
  return {
    starts: items.slice(0, index + 1).map(({ offsetTop }) => offsetTop - headHeight),
    title,
    story:
      (current.querySelector<HTMLElement>('.step-purpose + p')?.offsetTop ?? current.offsetTop + title) - headHeight,
    end: endOf(current),
    nextEnd: next ? endOf(next) : null,
  };
}

const endOf = (item: HTMLElement) => item.offsetTop + item.offsetHeight + margin - headHeight;
