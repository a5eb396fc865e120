import type { ReactNode } from 'react';
import './Around.css';

interface Props {
  /** What stands in the bar. */
  bar: ReactNode;
  /** What the bar is for, for screen readers. */
  label?: string;
  children: ReactNode;
}

/** A page with a bar above it, which says what this page is in the workshop. The page below has the rest of the window. */
export function Around({ bar, label = 'The room', children }: Props) {
  return (
    <div className="around">
      <section className="around-bar" aria-label={label}>
        {bar}
      </section>
      {children}
    </div>
  );
}
