/** What a player knows, and what follows from it. Pure. */
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { OpenedSandbox, SandboxChoice } from '../../scenarios/engine/api.ts';
import { type Exchange, read, type View } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

export interface PlayerState {
  /**
   * `loading`: the first sandbox is opening. `refused`: it could not be opened. `ended`: the server no longer has the
   * sandbox. `recorded`: the trace comes from a file or from somebody else's run, with no sandbox of this page behind it.
   */
  status: 'loading' | 'ready' | 'refused' | 'ended' | 'recorded';
  /** Whether a running app is behind the trace. Without one it can be looked at, but nothing in it can be changed. */
  hasApp: boolean;
  /** Whether somebody else plays it now, such as the driver of a workshop. Then it is no recording, although nothing can be changed. */
  playedElsewhere: boolean;
  sandbox: OpenedSandbox | null;
  events: TraceEvent[];
  /** The view at the end of the trace; null without a sandbox. */
  live: View | null;
  /** null: the end of the trace, which is followed. A number: the past moment after that many steps. */
  cursor: number | null;
  /** The id of the selected request; null: the last request of the current step. */
  selected: number | null;
  /** What the player waits for. */
  busy: 'opening' | 'stepping' | null;
  /** The sandbox that is opening, or that could not be opened. */
  wanted: SandboxChoice | null;
  /** How many steps are played in the sandbox that is opening, before it is shown. */
  playingTo: number;
  /** Whether the event stream is connected. */
  connected: boolean;
  /** Why the last request was refused, as a sentence. */
  refusal: string | null;
  /** What was done that the view does not show, such as a reset. */
  notice: string | null;
  /** A manual action at the past moment after `steps` steps. It waits until the learner decides whether to fork there. */
  fork: { action: ManualAction; steps: number } | null;
}

export const nothingOpen: PlayerState = {
  status: 'loading',
  hasApp: true,
  playedElsewhere: false,
  sandbox: null,
  events: [],
  live: null,
  cursor: null,
  selected: null,
  busy: null,
  wanted: null,
  playingTo: 0,
  connected: true,
  refusal: null,
  notice: null,
  fork: null,
};

/** Returns whether the learner can act in a running app now. */
export const canAct = ({ status, hasApp }: PlayerState) => status === 'ready' && hasApp;

/** Returns what is played, or about to be. */
export function choiceOf({ wanted, sandbox }: PlayerState): SandboxChoice | null {
  if (wanted || !sandbox) return wanted;
  const { scenario, variant, store, pace } = sandbox.header;
  return { scenario: scenario.slug, variant, store, pace };
}

/** Returns what happens while the first sandbox opens with steps played, as a sentence; null else. Until then the page shows none of them. */
export function beginning({ sandbox, busy, playingTo }: PlayerState): string | null {
  if (sandbox !== null || busy !== 'opening' || playingTo === 0) return null;
  return playingTo === 1 ? 'Step 1 is being played…' : `Steps 1 to ${playingTo} are being played…`;
}

// A moment of a trace is named by a number of steps: the moment "after n steps" is everything up to the start of the next
// step. What happens between two steps belongs to the moment before the later one.

/** Returns how many steps have ended, successfully or not. */
export function stepsPlayed(events: readonly TraceEvent[]): number {
  return events.filter(({ type }) => type === 'step-ended').length;
}

/** Returns how many steps have started; one more than have ended while a step is running. */
export function stepsStarted(events: readonly TraceEvent[]): number {
  return events.filter(({ type }) => type === 'step-started').length;
}

/** Returns how many events had been recorded at the moment after `steps` steps. */
export function positionAfter(events: readonly TraceEvent[], steps: number): number {
  const next = events.findIndex(({ type, step }) => type === 'step-started' && step === steps);
  return next === -1 ? events.length : next;
}

/** Returns the number of steps that have started at the current moment. */
export const currentSteps = ({ cursor, events }: PlayerState) => cursor ?? stepsStarted(events);

const positionOf = ({ cursor, events }: PlayerState) =>
  cursor === null ? events.length : positionAfter(events, cursor);

/** Returns the sandbox ms of the last event visible at the current moment. */
export const timeOf = (state: PlayerState) => state.events[positionOf(state) - 1]?.at ?? 0;

type Cursor = Pick<PlayerState, 'cursor' | 'selected' | 'notice'>;

/** Returns the change that moves the cursor to the moment after `steps` started steps. The last moment is followed. */
export function moveTo({ events }: PlayerState, steps: number): Cursor {
  const cursor = Math.max(0, steps);
  return { cursor: cursor >= stepsStarted(events) ? null : cursor, selected: null, notice: null };
}

/** Returns the change that selects a request and moves the cursor to its step; none for an unknown request. */
export function moveToRequest(state: PlayerState, id: number): Cursor | null {
  const request = state.events.find((event) => event.type === 'request' && event.id === id);
  if (!request) return null;
  const steps = request.step === null ? Number.POSITIVE_INFINITY : request.step + 1;
  return { ...moveTo(state, steps), selected: id };
}

/** The past view of each sandbox that was computed last. Two sandboxes are shown at once when variants are compared. */
const pastViews = new WeakMap<OpenedSandbox, View>();

/** Returns the view at the current moment; null without a sandbox. Returns the same object as long as nothing changes. */
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

/** Returns the request whose details are shown: the selected one, or the last one of the current step. */
export function selectedExchange(view: View, selected: number | null): Exchange | null {
  return (
    view.exchanges.find(({ request }) => request.id === selected) ??
    view.exchanges.findLast(({ request }) => request.step === view.step) ??
    null
  );
}
