import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useState } from 'react';

/** Milliseconds: long enough to read a step's title and see what changed. */
const each = 2500;
/** The last one is the point of it. */
const last = 5000;

interface Moving {
  index: number;
  playing: boolean;
  /** Stops it, or goes on; after the last one from the beginning. */
  toggle: () => void;
}

/**
 * Returns an index that moves from 0 to `count - 1` and begins again, while it is in view. For those who prefer reduced motion,
 * it stands at the last one until they play it.
 */
export function useMovingIndex(count: number, inView: boolean): Moving {
  const [still] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [index, setIndex] = useState(still ? count - 1 : 0);
  const [playing, setPlaying] = useState(!still);
  const visible = useDocumentVisibility() === 'visible';
  const moving = playing && inView && visible;
  const atEnd = index === count - 1;
  useEffect(() => {
    if (!moving) return;
    const timer = setTimeout(() => setIndex((index + 1) % count), atEnd ? last : each);
    return () => clearTimeout(timer);
  }, [moving, index, count, atEnd]);
  const toggle = () => {
    if (!playing && atEnd) setIndex(0);
    setPlaying(!playing);
  };
  return { index, playing, toggle };
}
