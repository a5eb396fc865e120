/**
 * The time axis, which is not to scale: a step takes milliseconds, and a time jump half an hour. It consists of stretches. Every
 * step has enough room, and a long gap gets more room with the logarithm of its length. Within a stretch time runs evenly, so a
 * straight line stays straight. All times are in sandbox ms. Pure.
 */
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { endOf, type Lane } from './lanes.ts';

export interface TimeAxis {
  stretches: Stretch[];
  /** Where the steps start. */
  ticks: Tick[];
  /** The time of the last event. */
  end: number;
  /** The weight of the whole width. It leaves room for later steps, so that playing one does not move the steps before it. */
  totalWeight: number;
}

export interface Stretch {
  /** `played`: time that passed. `jumped`: a time jump. `ahead`: until a known expiry. `open`: when no expiry is known. */
  kind: 'played' | 'jumped' | 'ahead' | 'open';
  from: number;
  to: number;
  /** Its share of the width. */
  weight: number;
  /** Whether time ahead has another scale from here on than the time that was jumped, or than the stretch before. */
  isBreak?: true;
}

export interface Tick {
  step: number;
  at: number;
}

/** A jump is what a lesson is about. Between two steps, only the learner reads. */
const weights = { step: 0.4, jump: 0.6, pause: 0.15, other: 0.25, ahead: 0.8 } as const;
/** The weight that is left free for later steps. */
const freeWeight = 4;
const leastFreeWeight = 2.5;
/** The least weight of time ahead: in less, one does not see it pass. */
const leastAhead = 0.3;
/** An absolute limit is shown only if it is at most so many times further away than the last expiry. */
const limitDistance = 4;
/** The time that is shown ahead when no expiry is known. */
const openMs = 60_000;

/** The weight of a length of time. */
const weightOf = (ms: number) => 0.35 * Math.log10(1 + ms / 1000);

/**
 * Returns the events with different times, because a step shorter than a millisecond needs a place of its own. A thousandth of a
 * millisecond per event is too little to be seen.
 */
export function withDistinctTimes(events: readonly TraceEvent[]): TraceEvent[] {
  return events.map((event, index) => ({ ...event, at: event.at + index / 1000 }));
}

/**
 * @param events the events so far, with distinct times
 * @param lanes the lanes of these events
 * @param steps the number of steps in the scenario
 */
export function timeAxis(events: readonly TraceEvent[], lanes: readonly Lane[], steps: number): TimeAxis {
  const start = events[0]?.at ?? 0;
  const end = events.at(-1)?.at ?? 0;
  const ticks = events.flatMap((event) => (event.type === 'step-started' ? [{ step: event.step, at: event.at }] : []));
  const past = pastStretches(events, start, end);
  const totalWeight = Math.max(steps + freeWeight, weightIn(past) + leastFreeWeight);
  const ahead = fillRest(stretchesAhead(lanes, end), paceOfJumps(past), totalWeight - weightIn(past));
  return { stretches: [...past, ...ahead], ticks, end, totalWeight };
}

const weightIn = (stretches: readonly Stretch[]) => stretches.reduce((total, { weight }) => total + weight, 0);

/** Returns how many ms of a time jump have the weight 1; null where no time was jumped. */
function paceOfJumps(past: readonly Stretch[]): number | null {
  const jumps = past.filter(({ kind }) => kind === 'jumped');
  if (jumps.length === 0) return null;
  return jumps.reduce((total, { from, to }) => total + to - from, 0) / weightIn(jumps);
}

/**
 * Gives the time ahead the scale of the jumps, so that what is left of a lifetime can be compared with the time that was jumped, and
 * lets it go on to the right edge. Where that is too much or too little to be seen, or nothing was jumped, it fills the rest with a scale of
 * its own.
 *
 * @param pace ms per weight of the jumps
 */
function fillRest(ahead: readonly Stretch[], pace: number | null, rest: number): Stretch[] {
  const last = ahead.at(-1)!;
  const toScale = ahead.map((stretch) => ({ ...stretch, weight: (stretch.to - stretch.from) / (pace ?? 1) }));
  const free = rest - weightIn(toScale);
  const isSeen = last.kind === 'open' || toScale.every(({ weight }) => weight >= leastAhead);
  if (pace !== null && free > 0 && isSeen) {
    if (last.kind === 'open') return [{ ...last, to: last.from + rest * pace, weight: rest }];
    return [...toScale, { kind: 'open', from: last.to, to: last.to + free * pace, weight: free }];
  }
  const factor = rest / weightIn(ahead);
  return ahead.map((stretch) => ({
    ...stretch,
    weight: stretch.weight * factor,
    ...(stretch.kind === 'ahead' && { isBreak: true }),
  }));
}

function pastStretches(events: readonly TraceEvent[], start: number, end: number): Stretch[] {
  /** What starts at a time. The last event at that time decides. */
  const starts = new Map<number, { kind: Stretch['kind']; base: number }>([
    [start, { kind: 'played', base: weights.other }],
  ]);
  for (const event of events) {
    if (event.type === 'step-started') starts.set(event.at, { kind: 'played', base: weights.step });
    if (event.type === 'step-ended') starts.set(event.at, { kind: 'played', base: weights.pause });
    if (event.type === 'time') {
      const kind = event.how === 'jumped' ? 'jumped' : 'played';
      starts.set(Math.max(start, event.at - event.ms), { kind, base: weights.jump });
      if (!starts.has(event.at)) starts.set(event.at, { kind: 'played', base: weights.other });
    }
  }
  const times = [...starts.keys()].sort((a, b) => a - b);
  return times.flatMap((from, index) => {
    const to = times[index + 1] ?? end;
    const { kind, base } = starts.get(from)!;
    return to > from ? [{ kind, from, to, weight: base + weightOf(to - from) }] : [];
  });
}

/**
 * Returns a stretch to each known end of a session. Ends close together share one, such as those of a cookie and its record. Other
 * keys may continue beyond the right edge: their long lifetimes must not squeeze the sessions.
 */
function stretchesAhead(lanes: readonly Lane[], end: number): Stretch[] {
  const ends = lanes
    .filter(({ kind }) => kind !== 'key')
    .flatMap(({ lifetimes }) => lifetimes.map(endOf))
    .filter((at) => at !== null)
    .filter((at) => at > end);
  const latest = Math.max(...ends);
  const limits = lanes
    .flatMap(({ lifetimes }) => lifetimes)
    .flatMap(({ end, limitAt }) => (end || !limitAt ? [] : [limitAt]))
    .filter((at) => at > end && at - end <= limitDistance * (latest - end));
  const kept: number[] = [];
  for (const at of [...ends, ...limits].sort((a, b) => a - b)) {
    const before = kept.at(-1);
    if (before !== undefined && at - before < 0.2 * (at - end)) kept[kept.length - 1] = at;
    else kept.push(at);
  }
  if (kept.length === 0) return [{ kind: 'open', from: end, to: end + openMs, weight: 1 }];
  return kept.map((to, index) => {
    const from = kept[index - 1] ?? end;
    return { kind: 'ahead', from, to, weight: weights.ahead + weightOf(to - from) };
  });
}
