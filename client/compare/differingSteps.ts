import { fold, read, type View } from '../../scenarios/engine/read.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { differingBrowsers, whoIsWho } from '../../scenarios/engine/whoIsWho.ts';

type Run = Pick<Trace, 'header' | 'events'>;

/** Returns the indices of the steps after which two runs of one scenario take a browser for different people. Pure. */
export function differingSteps(one: Run, other: Run): Set<number> {
  const others = viewsAfterSteps(other);
  const differing = [...viewsAfterSteps(one)].filter(([step, view]) => {
    const otherView = others.get(step);
    return otherView !== undefined && differingBrowsers(whoIsWho(view), whoIsWho(otherView)).length > 0;
  });
  return new Set(differing.map(([step]) => step));
}

function viewsAfterSteps({ header, events }: Run): Map<number, View> {
  const views = new Map<number, View>();
  events.reduce(
    (before, event) => {
      const view = fold(before, event);
      if (event.type === 'step-ended') views.set(event.step, view);
      return view;
    },
    read({ header, events: [] }),
  );
  return views;
}
