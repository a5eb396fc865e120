import { foldAll } from '../../scenarios/engine/fold.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { emptyView, type View } from '../../scenarios/engine/view.ts';
import { differingBrowsers, whoIsWho } from '../../scenarios/engine/whoIsWho.ts';

type Run = Pick<Trace, 'header' | 'events'>;

/** The names of the actors whom two runs take for different people, by the index of the step after which they do. */
export type Apart = ReadonlyMap<number, readonly string[]>;

/** Returns after which steps two runs of one scenario take a browser for different people, and which ones. Pure. */
export function differingSteps(one: Run, other: Run): Apart {
  const others = viewsAfterSteps(other);
  return new Map(
    [...viewsAfterSteps(one)].flatMap(([step, view]) => {
      const otherView = others.get(step);
      const names = otherView ? differingBrowsers(whoIsWho(view), whoIsWho(otherView)) : [];
      return names.length > 0 ? [[step, names] as const] : [];
    }),
  );
}

/** Returns since which step two runs have taken a browser for different people without a break, if they do after that step. */
export function apartSince(apart: Apart, name: string, step: number): number {
  let since = step;
  while (apart.get(since - 1)?.includes(name)) since -= 1;
  return since;
}

/** Whether a browser is taken for different people after that step, and was not before it. */
export const partsAt = (apart: Apart, step: number): boolean =>
  (apart.get(step) ?? []).some((name) => apartSince(apart, name, step) === step);

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
