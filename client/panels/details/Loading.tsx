import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Lazy, useLazy } from '../../ui/lazily.ts';

interface Props<Part> {
  lazy: Lazy<Part>;
  children: (part: Part) => ReactNode;
}

/** What is drawn with a part of the page that has to be loaded first; or that it cannot be, and how to try again. */
export function Loading<Part>({ lazy, children }: Props<Part>) {
  const { part, problem, again } = useLazy(lazy);
  if (part) return children(part);
  return problem ? (
    <div className="panel-empty details-empty" role="alert">
      <p>This part of the page could not be loaded: the server does not answer.</p>
      <Button size="compact-xs" variant="default" onClick={again}>
        Try again
      </Button>
    </div>
  ) : (
    <p className="panel-empty details-empty loading">Loading…</p>
  );
}
