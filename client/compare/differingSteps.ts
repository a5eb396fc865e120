import { foldAll } from '../../scenarios/engine/fold.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { emptyView, type View } from '../../scenarios/engine/view.ts';
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
  let [view, from] = [emptyView(header), 0];
  for (const [index, event] of events.entries()) {
    if (event.type !== 'step-ended') continue;
    view = foldAll(view, events.slice(from, index + 1));
    from = index + 1;
    views.set(event.step, view);
  }
  return views;
}
