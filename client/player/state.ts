/** What the player knows, and what follows from it. Pure. */
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { OpenedSandbox, SandboxChoice } from '../../scenarios/engine/api.ts';
import { type Exchange, read, type View } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { positionAfter, stepsStarted } from './moments.ts';

export interface PlayerState {
  /**
   * `loading`: the first sandbox is being made. `refused`: it could not be. `gone`: the server no longer has it. `recorded`: a trace
   * from a file, with no sandbox behind it.
   */
  status: 'loading' | 'ready' | 'refused' | 'gone' | 'recorded';
  sandbox: OpenedSandbox | null;
  events: TraceEvent[];
  /** The view at the end of the trace; null without a sandbox. */
  live: View | null;
  /** null: at the end of the trace, following it. Otherwise the moment after that many steps. */
  cursor: number | null;
  /** The request that was picked; null: the last one of the step being looked at. */
  selected: number | null;
  /** What the player waits for. While a sandbox is being made, `wanted` says which. */
  busy: 'opening' | 'stepping' | null;
  wanted: SandboxChoice | null;
  /** Whether the event stream is connected. */
  connected: boolean;
  /** Why the last thing asked for was refused, as a sentence. */
  refusal: string | null;
  /** What was done that the view alone does not tell, such as a reset. */
  notice: string | null;
  /** Something was to be done at a past moment, `steps` steps in: shall they be replayed in another sandbox, to do it there? */
  fork: { action: ManualAction; steps: number } | null;
}

export const nothingOpen: PlayerState = {
  status: 'loading',
  sandbox: null,
  events: [],
  live: null,
  cursor: null,
  selected: null,
  busy: null,
  wanted: null,
  connected: true,
  refusal: null,
  notice: null,
  fork: null,
};

/** What is played, or about to be. */
export function choiceOf({ wanted, sandbox }: PlayerState): SandboxChoice | null {
  if (wanted || !sandbox) return wanted;
  const { scenario, variant, store, pace } = sandbox.header;
  return { scenario: scenario.slug, variant, store, pace };
}

/** Steps before the moment being looked at. */
export const stepsBefore = ({ cursor, events }: PlayerState) => cursor ?? stepsStarted(events);

/** How many events are visible at the moment being looked at. */
export const positionOf = ({ cursor, events }: PlayerState) =>
  cursor === null ? events.length : positionAfter(events, cursor);

/** The past moment of each sandbox that was looked at last. Two sandboxes are shown at once when variants are compared. */
const pastViews = new WeakMap<OpenedSandbox, View>();

/** Returns what is visible at the moment being looked at; null without a sandbox. The same object as long as nothing changes. */
export function viewOf(state: PlayerState): View | null {
  const { sandbox, events, cursor, live } = state;
  if (!sandbox || cursor === null) return live;
  const position = positionOf(state);
  const known = pastViews.get(sandbox);
  // A trace only grows at its end, so within one sandbox the position identifies a past moment.
  if (known?.position === position) return known;
  const view = read({ header: sandbox.header, events }, position);
  pastViews.set(sandbox, view);
  return view;
}

/** The request whose details are shown: the one picked, or the last one of the step being looked at. */
export function selectedExchange(view: View, selected: number | null): Exchange | null {
  return (
    view.exchanges.find(({ request }) => request.id === selected) ??
    view.exchanges.findLast(({ request }) => request.step === view.step) ??
    null
  );
}
