/**
 * The time axis. Steps are milliseconds long and a jump is half an hour, so it is not to scale: every step has room, and a
 * long gap has more of it, but by its logarithm. Within one stretch time runs evenly, so a straight line stays straight.
 */
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { endOf, type Lane } from './lanes.ts';

/** `played`: it happened. `jumped`: it was made to have happened. `ahead`: up to an end in sight. `open`: nothing is in sight. */
export interface Stretch {
  kind: 'played' | 'jumped' | 'ahead' | 'open';
  /** Sandbox ms. */
  from: number;
  to: number;
  weight: number;
}

export interface Tick {
  step: number;
  /** Sandbox ms. */
  at: number;
}

export interface Axis {
  stretches: Stretch[];
  ticks: Tick[];
  /** Sandbox ms of the last event. */
  end: number;
  /** The weight the whole width stands for at least, so that playing the next step does not move the steps before it. */
  budget: number;
}

const weights = { doing: 0.4, pause: 0.6, other: 0.25, ahead: 0.8 } as const;
/** In steps: what is kept free for the time to come. */
const roomAhead = 4;
const leastAhead = 2.5;
/** How many times further away than the furthest end a limit may be, to be shown. */
const limitInSight = 4;
/** How much is kept free when nothing has an end in sight. */
const openMs = 60_000;

const grown = (ms: number) => 0.35 * Math.log10(1 + ms / 1000);

/**
 * The events with times of their own: several can fall into one millisecond, and a step shorter than that has its place too.
 * A thousandth of a millisecond per event is far below anything shown.
 */
export function apart(events: readonly TraceEvent[]): TraceEvent[] {
  return events.map((event, index) => ({ ...event, at: event.at + index / 1000 }));
}

/**
 * @param events those visible, apart
 * @param lanes of the same events
 * @param steps how many the scenario has
 */
export function axisOf(events: readonly TraceEvent[], lanes: readonly Lane[], steps: number): Axis {
  const start = events[0]?.at ?? 0;
  const end = events.at(-1)?.at ?? 0;
  const ticks = events.flatMap((event) => (event.type === 'step-started' ? [{ step: event.step, at: event.at }] : []));
  const past = played(events, start, end);
  const ahead = comingUp(lanes, end);
  const weigh = (stretches: Stretch[]) => stretches.reduce((sum, { weight }) => sum + weight, 0);
  const budget = Math.max(steps + roomAhead, weigh(past) + leastAhead);
  const free = (budget - weigh(past)) / weigh(ahead);
  return { stretches: [...past, ...ahead.map((one) => ({ ...one, weight: one.weight * free }))], ticks, end, budget };
}

function played(events: readonly TraceEvent[], start: number, end: number): Stretch[] {
  /** What begins at a moment; the last word counts. */
  const begins = new Map<number, { kind: Stretch['kind']; base: number }>([
    [start, { kind: 'played', base: weights.other }],
  ]);
  for (const event of events) {
    if (event.type === 'step-started') begins.set(event.at, { kind: 'played', base: weights.doing });
    if (event.type === 'step-ended') begins.set(event.at, { kind: 'played', base: weights.pause });
    if (event.type === 'time') {
      const kind = event.how === 'jumped' ? 'jumped' : 'played';
      begins.set(Math.max(start, event.at - event.ms), { kind, base: weights.pause });
      if (!begins.has(event.at)) begins.set(event.at, { kind: 'played', base: weights.other });
    }
  }
  const moments = [...begins.keys()].sort((a, b) => a - b);
  return moments.flatMap((from, index) => {
    const to = moments[index + 1] ?? end;
    const { kind, base } = begins.get(from)!;
    return to > from ? [{ kind, from, to, weight: base + grown(to - from) }] : [];
  });
}

/**
 * A stretch to each end of a session in sight; ends close together, such as a cookie's and its record's, share one. Other keys
 * may go on beyond the right edge: what they last must not squeeze the sessions.
 */
function comingUp(lanes: readonly Lane[], end: number): Stretch[] {
  const ends = lanes
    .filter(({ kind }) => kind !== 'key')
    .flatMap(({ lives }) => lives.map(endOf))
    .filter((at) => at !== null && at > end)
    .map((at) => at!)
    .sort((a, b) => a - b);
  const latest = ends.at(-1);
  const limits = lanes.flatMap(({ lives }) => lives.flatMap(({ end, limitAt }) => (end || !limitAt ? [] : [limitAt])));
  // The app's absolute limit, once it is so near that it does not squeeze everything before it.
  if (latest !== undefined) ends.push(...limits.filter((at) => at > end && at - end <= limitInSight * (latest - end)));
  ends.sort((a, b) => a - b);
  const kept: number[] = [];
  for (const at of ends) {
    const before = kept.at(-1);
    if (before !== undefined && at - before < 0.2 * (at - end)) kept[kept.length - 1] = at;
    else kept.push(at);
  }
  if (kept.length === 0) return [{ kind: 'open', from: end, to: end + openMs, weight: 1 }];
  return kept.map((to, index) => {
    const from = kept[index - 1] ?? end;
    return { kind: 'ahead', from, to, weight: weights.ahead + grown(to - from) };
  });
}
