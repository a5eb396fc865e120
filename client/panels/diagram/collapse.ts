/** Which groups of a long diagram are drawn in full: the newest ones, the selected one, and those the learner opens. Pure. */
import type { StepGroup } from './model.ts';
import type { Row } from './row.ts';

export interface VisibleGroup {
  group: StepGroup;
  /** Stays the same while the trace grows. */
  id: string;
  open: boolean;
  /** The rows that are drawn: all, or those at the start and at the end of a long group. None if it is collapsed. */
  before: readonly Row[];
  after: readonly Row[];
  /** The number of rows left out between the two. */
  hidden: number;
}

/** What the learner has chosen, by the id of a group. */
export interface Choices {
  /** Whether it is open. */
  open: Readonly<Record<string, boolean>>;
  /** Whether all of its rows are drawn. */
  whole: Readonly<Record<string, boolean>>;
}

/** The number of rows that a reader can take in, and that are drawn within a frame. */
const maxRows = 150;
/** A longer group shows only so many rows at each end. */
const maxGroupRows = 90;
const rowsAtEachEnd = 35;

/** @param selected the id of the selected request */
export function collapse(groups: readonly StepGroup[], choices: Choices, selected: number | null): VisibleGroup[] {
  const isSelected = ({ request }: Row) => selected !== null && request === selected;
  let left = maxRows;
  const visible: VisibleGroup[] = [];
  for (const [index, group] of [...groups.entries()].reverse()) {
    const id = groupId(group, index);
    const { rows } = group;
    const open = choices.open[id] ?? (group.current || rows.some(isSelected) || left > 0);
    const middle = rows.slice(rowsAtEachEnd, -rowsAtEachEnd);
    const shorten = rows.length > maxGroupRows && !choices.whole[id] && !middle.some(isSelected);
    const before = !open ? [] : shorten ? rows.slice(0, rowsAtEachEnd) : rows;
    const after = open && shorten ? rows.slice(-rowsAtEachEnd) : [];
    left -= before.length + after.length;
    visible.push({ group, id, open, before, after, hidden: open && shorten ? middle.length : 0 });
  }
  return visible.reverse();
}

/** The rows of an open fold stand behind it already. */
const unfolded = (row: Row) => (row.kind !== 'fold' ? [row] : row.open ? [] : row.rows);

export const groupId = (group: StepGroup, index: number) =>
  group.step === null ? `between ${index}` : `step ${group.step} ${index}`;

/**
 * Returns what a collapsed group contains: "3 requests, 8 Redis commands".
 *
 * @param redis the lane of Redis
 */
export function describeContents({ rows }: StepGroup, redis: number): string {
  const sent = rows.flatMap(unfolded).filter((row) => row.kind === 'arrow' && row.line === 'sent');
  const commands = sent.filter((row) => row.kind === 'arrow' && row.to === redis).length;
  const count = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}${number === 1 ? '' : 's'}`]);
  const counts = [...count(sent.length - commands, 'request'), ...count(commands, 'Redis command')];
  return counts.join(', ') || 'no requests and no Redis commands';
}
