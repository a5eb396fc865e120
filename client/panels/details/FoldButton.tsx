import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';

interface Props {
  /** "+3 throttle" */
  label: string;
  /** What it is about, on hover. */
  meaning: string;
  open: boolean;
  onToggle: () => void;
  /** −1 in a list in which the arrow keys move the focus. */
  tabIndex?: number;
}

/** A quiet button that stands for bookkeeping in a list, and shows it on demand. */
export function FoldButton({ label, meaning, open, onToggle, tabIndex = 0 }: Props) {
  return (
    <button
      type="button"
      className="plain fold-button"
      title={meaning || undefined}
      aria-expanded={open}
      onClick={onToggle}
      tabIndex={tabIndex}
    >
      <IconChevronRight size={12} stroke={2} aria-hidden="true" />
      {label}
    </button>
  );
}

/** Which folds of a list are open, by the `seq` of their first event. */
export function useFolds() {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  return {
    isOpen: (seq: number) => open.has(seq),
    toggle: (seq: number) =>
      setOpen((before) => new Set(before.has(seq) ? [...before].filter((one) => one !== seq) : [...before, seq])),
  };
}
