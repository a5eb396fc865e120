/** The model of the diagram: what happened, as rows between lanes, step by step. It knows nothing of pixels. Pure. */
import { lossesIn } from '../../../scenarios/engine/losses.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import { bookkeeping } from '../../../scenarios/engine/subject.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { part } from './label.ts';
import { type Lane, lanesIn } from './lanes.ts';
import type { Row } from './row.ts';
import { createRowReader } from './rows.ts';

export interface DiagramModel {
  lanes: Lane[];
  groups: StepGroup[];
  /** The step that can be played next. */
  next: { step: number; title: string } | null;
}

/** The rows of one step, or of the time between two steps. */
export interface StepGroup {
  /** The index of the step; null between steps. */
  step: number | null;
  title: string;
  /** Whether it belongs to the current step, or happened after it. */
  current: boolean;
  rows: Row[];
}

/** Returns the model of the first `view.position` events. */
export function diagramModel(view: View, events: readonly TraceEvent[], sids: readonly string[]): DiagramModel {
  const { header } = view;
  const { steps } = header.scenario;
  const past = events.slice(0, view.position);
  const lanes = lanesIn(header, events);
  const rowOf = createRowReader(lanes, header, sids, past, bookkeeping(view.exchanges, past, header));
  const losses = lossesIn(past);
  const groups: StepGroup[] = [];
  let running: number | null = null;
  for (const event of past) {
    if (event.type === 'step-started') running = event.step;
    const row = rowOf(event);
    // A manual action while a step is played belongs to no step, but is drawn where it happened.
    const step = event.step ?? running;
    if (event.type === 'step-ended') running = null;
    if (!row && event.type !== 'step-started') continue;
    if (groups.length === 0 || groups.at(-1)!.step !== step)
      groups.push({ step, title: titleOf(step), current: false, rows: [] });
    if (row) addRow(groups.at(-1)!.rows, row, losses.get(event.seq)?.startsWith('lost ') ?? false);
  }
  const isCurrent = ({ step }: StepGroup, index: number) =>
    step === null ? index === groups.length - 1 : step === view.step;
  const next = (view.step ?? -1) + 1;
  const outline = steps[next];
  return {
    lanes: lanes.list,
    groups: groups.map((group, index) => ({ ...group, current: isCurrent(group, index) })),
    next: outline ? { step: next, title: outline.title } : null,
  };

  function titleOf(step: number | null): string {
    if (step !== null) return steps[step]!.title;
    if (groups.length === 0) return 'Before the first step';
    return groups.at(-1)!.step === steps.length - 1 ? 'After the last step' : 'Between steps';
  }
}

/** What Redis has lost in a restart is noticed later, when a key is asked for. It is drawn where it was lost. */
function addRow(rows: Row[], row: Row, lost: boolean): void {
  const restart = lost ? rows.findLastIndex(({ kind }) => kind === 'band') : -1;
  if (restart === -1) rows.push(row);
  else {
    const after = rows.findIndex(({ kind }, index) => index > restart && kind !== 'mark');
    rows.splice(after === -1 ? rows.length : after, 0, row);
  }
}

/**
 * Lets the label of the first difference end with how it differs, which then is not left out for want of room.
 *
 * @param lit the `seq` of its row
 * @param text "EX 1800"; null where the label shows it anyway
 */
export function withDifference(model: DiagramModel, lit: number | null, text: string | null): DiagramModel {
  if (lit === null || text === null) return model;
  const differing = (row: Row): Row => {
    if (row.seq !== lit) return row;
    const kept = row.parts.filter(
      (one) => !('text' in one && (one.tone === 'extra' || (one.tone === 'plain' && text.includes(one.text)))),
    );
    return { ...row, parts: [...kept, part(text, 'differs')], whole: row.whole ?? row.sentence };
  };
  return { ...model, groups: model.groups.map((group) => ({ ...group, rows: group.rows.map(differing) })) };
}
