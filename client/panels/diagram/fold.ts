/** Which steps of a long run are drawn in full: the newest ones, those opened by hand, and the one that is selected. Pure. */
import type { Group } from './arrows.ts';
import type { Item } from './items.ts';

export interface Fold {
  group: Group;
  /** What the group is known by while the trace grows. */
  id: string;
  open: boolean;
  /** What is drawn of it: all, or its beginning and its end; nothing where it is folded. */
  before: readonly Item[];
  after: readonly Item[];
  /** How many are left out between the two. */
  hidden: number;
}

export interface Choices {
  /** Opened or folded by hand. */
  open: Readonly<Record<string, boolean>>;
  /** To be drawn in full, however long. */
  whole: Readonly<Record<string, boolean>>;
  /** The selected request. */
  selected: number | null;
}

/** So many arrows can be taken in, and drawn within a frame. */
const mostRows = 150;
/** Of a step that is longer than this, its beginning and its end are drawn. */
const mostOfOne = 90;
const atEachEnd = 35;

export const idOf = (group: Group, index: number) =>
  group.step === null ? `between ${index}` : `step ${group.step} ${index}`;

export function fold(groups: readonly Group[], { open, whole, selected }: Choices): Fold[] {
  let room = mostRows;
  const folds: Fold[] = [];
  for (const [index, group] of [...groups.entries()].reverse()) {
    const id = idOf(group, index);
    const { items } = group;
    const wanted = selected !== null && items.some(({ request }) => request === selected);
    const isOpen = open[id] ?? (group.current || wanted || room > 0);
    const [before, after] = isOpen ? ends(items, whole[id] ?? false, selected) : [[], []];
    const shown = before.length + after.length;
    room -= shown;
    folds.push({ group, id, open: isOpen, before, after, hidden: isOpen ? items.length - shown : 0 });
  }
  return folds.reverse();
}

function ends(items: readonly Item[], whole: boolean, selected: number | null): [readonly Item[], readonly Item[]] {
  if (whole || items.length <= mostOfOne) return [items, []];
  const left = items.slice(atEachEnd, -atEachEnd);
  if (selected !== null && left.some(({ request }) => request === selected)) return [items, []];
  return [items.slice(0, atEachEnd), items.slice(-atEachEnd)];
}

/**
 * "3 requests, 8 Redis commands": what a folded step keeps.
 * @param redis the lane of Redis
 */
export function contents({ items }: Group, redis: number): string {
  const sent = items.filter((item) => item.kind === 'arrow' && item.line === 'sent');
  const commands = sent.filter((item) => item.kind === 'arrow' && item.to === redis).length;
  const say = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}${number === 1 ? '' : 's'}`]);
  const both = [...say(sent.length - commands, 'request'), ...say(commands, 'Redis command')];
  return both.join(', ') || 'nothing went over the wire';
}

/** Everything in full. */
export const unfolded = (groups: readonly Group[]): Fold[] =>
  groups.map((group, index) => ({
    group,
    id: idOf(group, index),
    open: true,
    before: group.items,
    after: [],
    hidden: 0,
  }));
