/** Folds the rows of the diagram that are bookkeeping, and long lists of keys that vanish for the same reason. Pure. */
import { foldNeighbors } from '../../../scenarios/engine/subject.ts';
import type { StepGroup } from './model.ts';
import type { Fold, Row } from './row.ts';

/** So many keys that change one after the other are read one by one. */
const fewKeys = 6;

/**
 * @param open whether the learner has opened a fold, by its `seq`
 * @param lit the `seq` of a row that must be visible
 */
export function foldGroups(
  groups: readonly StepGroup[],
  open: Readonly<Record<number, boolean>>,
  lit: number | null,
): StepGroup[] {
  return groups.map((group) => ({ ...group, rows: foldRows(group.rows, open, lit) }));
}

function foldRows(rows: readonly Row[], open: Readonly<Record<number, boolean>>, lit: number | null): Row[] {
  const crowded = crowdedKeys(rows);
  const topicOf = (row: Row) =>
    row.topic && row.seq !== lit && (!row.topic.subject || crowded.has(row)) ? row.topic : null;
  return foldNeighbors(rows, topicOf, (row) => `${placeOf(row)} ${whatIn(row)}`).flatMap((one) => {
    if ('item' in one) return [one.item];
    const fold = foldOf(one.folded, `${one.label}${whatIn(one.folded[0])}`, one.meaning, open);
    return fold.open ? [fold, ...one.folded] : [fold];
  });
}

/** Returns what a fold says, and the same in fewer letters: "+3 throttle, +1 basket", "+3 throttle, +1 more", "+4 more". */
export function foldTexts({ sentence, rows }: Fold): string[] {
  const [first] = rows;
  const group = first?.topic?.group;
  const others = rows.filter(({ topic }) => topic?.group !== group).length;
  if (!first || others === 0) return [sentence];
  const what = whatIn(first);
  return [sentence, `+${rows.length - others} ${group}, +${others} more${what}`, `+${rows.length} more${what}`];
}

/** Where a fold of the row would stand. Requests that are answered at the same time have one fold where their commands alternate. */
const placeOf = (row: Row) => (row.kind === 'arrow' ? `${row.from} to ${row.to}` : `${row.kind} ${row.request}`);

const whatIn = (row: Row) => (row.kind === 'mark' && row.what ? `: ${row.what}` : '');

function foldOf(rows: [Row, ...Row[]], label: string, meaning: string, open: Readonly<Record<number, boolean>>): Fold {
  const [first] = rows;
  // Just before its first row.
  const seq = first.seq - 0.5;
  const [from, to] =
    first.kind === 'arrow' ? [first.from, first.to] : first.kind === 'mark' ? [first.lane, first.lane] : [0, 0];
  return {
    kind: 'fold',
    seq,
    request: rows.every(({ request }) => request === first.request) ? first.request : null,
    from,
    to,
    rows,
    open: open[seq] ?? false,
    parts: [{ text: label, tone: 'plain' }],
    sentence: label,
    whole: [meaning, ...rows.map(({ whole, sentence }) => whole?.split('\n')[0] ?? sentence)]
      .filter(Boolean)
      .join('\n'),
  };
}

/** Returns the rows of keys that are more than a few in a row: an eviction, or the end of a server. */
function crowdedKeys(rows: readonly Row[]): Set<Row> {
  const crowded = new Set<Row>();
  let run: Row[] = [];
  for (const row of [...rows, null]) {
    if (row?.kind === 'mark' && row.topic) {
      run.push(row);
      continue;
    }
    if (run.length > fewKeys) for (const one of run) crowded.add(one);
    run = [];
  }
  return crowded;
}
