/** What a row of the diagram is. */
import type { Topic } from '../../../scenarios/engine/subject.ts';
import type { Label } from './label.ts';

export type Row = Arrow | Mark | Band | Fold;

interface RowBase extends Label {
  /** Of the event. */
  seq: number;
  /** The request that caused it; null when none did. */
  request: number | null;
  /** What it is about, if it can be folded. */
  topic?: Topic;
  /** Whether a response stays open from here on, or ends here. */
  stream?: 'opens' | 'ends';
}

/** Goes from one lane to another. */
export interface Arrow extends RowBase {
  kind: 'arrow';
  from: number;
  to: number;
  /** `sent` and `answered` are solid; `handed` (a cookie that moves without HTTP) is dashed; `broken` ends in a cross. */
  line: 'sent' | 'answered' | 'handed' | 'broken';
}

/** Stands on one lane. */
export interface Mark extends RowBase {
  kind: 'mark';
  lane: number;
  /** What happened to a key: "evicted". */
  what?: string;
  /** `+`, `~`, `−`: added, changed, removed. `>`: a script. `@`: a mail. `?`: a record is looked for. `¶`: a line of the audit log. `←`: the Back button. */
  sign: '+' | '~' | '−' | '?' | '>' | '@' | '¶' | '←';
}

/** Stands for neighbors that are bookkeeping. */
export interface Fold extends RowBase {
  kind: 'fold';
  /** The lane that it stands beside, on the side of `to`. */
  from: number;
  to: number;
  rows: Row[];
  /** Whether the rows are drawn below it. */
  open: boolean;
}

/** Goes across all lanes. */
export interface Band extends RowBase {
  kind: 'band';
  tone: 'time' | 'lost' | 'back' | 'failed' | 'restart' | 'fault' | 'staged';
}
