/** For tests: whether the labels of the diagram are clear of its lifelines. */
import { collapse, groupId } from '../client/panels/diagram/collapse.ts';
import { foldGroups } from '../client/panels/diagram/fold.ts';
import { type Layout, layOut } from '../client/panels/diagram/layout.ts';
import { diagramModel } from '../client/panels/diagram/model.ts';
import { labelWidth } from '../client/panels/diagram/widths.ts';
import { sessionIds } from '../scenarios/engine/identity.ts';
import { read } from '../scenarios/engine/read.ts';
import type { Trace } from '../scenarios/engine/trace.ts';

/** How wide the diagram is in px, by the width of the window. `diagram.full.test.ts` compares them with the page. */
export const diagramWidths = [
  ['1024', 446],
  ['1024, both variants', 369],
  ['1280', 610],
  ['1280, both variants', 497],
  ['1440', 770],
  ['1440, both variants', 577],
  ['1920', 780],
  ['1920, both variants', 657],
] as const;

/** Returns, for each width, the labels of a trace that a lifeline runs through, whether their rows are folded or not. */
export function labelsOnLifelines(trace: Trace, widths: readonly number[]): string[][] {
  const model = diagramModel(read(trace), trace.events, sessionIds(trace.events));
  const everyFold = Object.fromEntries(trace.events.map(({ seq }) => [seq - 0.5, true]));
  const pictures = [{}, everyFold].map((open) => {
    const groups = foldGroups(model.groups, open, null);
    const all = Object.fromEntries(groups.map((group, index) => [groupId(group, index), true]));
    return collapse(groups, { open: all, whole: all }, null);
  });
  return widths.map((width) => pictures.flatMap((visible) => labelsOnLines(layOut(model, width, visible))));
}

const labelsOnLines = ({ groups, xs }: Layout): string[] =>
  groups
    .flatMap(({ rows }) => rows)
    .filter(({ row, label: { lines, left, width } }) => {
      // A band goes across all lanes, and a chip is as wide as its box.
      if (row.kind === 'band') return false;
      const right = left + (row.kind === 'fold' ? width : Math.max(...lines.map(labelWidth)));
      return xs.some((x) => x >= left && x <= right);
    })
    .map(({ row }) => row.sentence);
