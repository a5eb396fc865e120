/** The moments of what is followed, and what a reader of them knows of the trace so far. Pure. */
import { keysOf } from './followed.ts';
import type { KeyChanged, RedisCommand, TraceEvent, TraceHeader } from './trace.ts';

/** `kept`: the browser has the cookie, and does not send it. `refused`: the browser does not store it. */
export type MomentKind = 'made' | 'stored' | 'sent' | 'kept' | 'refused' | 'checked' | 'changed' | 'renewed' | 'ended';

export interface Moment {
  kind: MomentKind;
  /** Of its event. */
  seq: number;
  /** The `seq` of the event that is seen: the command that changed a key, the response that set a cookie. */
  seen: number;
  /** Index of the step; null for what happened between two steps. */
  step: number | null;
  /** The request that caused it; null when none did. */
  request: number | null;
  /** What happened, without a full stop: "stored by SET". */
  words: string;
}

export type Happened = readonly [kind: MomentKind, words: string];

/** Says what an event means for what is followed; null for nothing. It is called with all events in order. */
export type MomentReader = (event: TraceEvent) => Happened | null;

/** What is known of the trace before the event that is read. */
export interface Past {
  header: TraceHeader;
  commands: ReadonlyMap<number, RedisCommand>;
  /** The actor of each request. */
  senders: ReadonlyMap<number, string>;
}

/** Clocks differ by up to so much, so a smaller difference between two ends is none. */
const clockStepMs = 20;

/** Whether a time to live ends earlier than before. Sandbox ms; null: it never ends. */
export const isShorter = (end: number | null, before: number | null) =>
  (end ?? Number.POSITIVE_INFINITY) < (before ?? Number.POSITIVE_INFINITY) - clockStepMs;

/**
 * Returns the command that changed a key; undefined when none did. Of a transaction, the trace names the first command that may
 * write: a SET NX that finds the key has changed nothing, and the command after it has.
 */
export function writerOf({ cause, key }: KeyChanged, { commands, header }: Past): RedisCommand | undefined {
  const first = cause.by === 'command' ? commands.get(cause.command) : undefined;
  if (first?.name.toLowerCase() !== 'set' || first.reply !== '(nil)') return first;
  const next = commands.get(first.id + 1);
  return next && next.request === first.request && keysOf(next, header).includes(key) ? next : first;
}
