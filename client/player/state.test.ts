import { describe, expect, test } from 'vitest';
import type { OpenedSandbox } from '../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { header, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { nothingOpen, type PlayerState, positionAfter, stepsPlayed, stepsStarted, viewOf } from './state.ts';

const event = (type: string, step: number | null) => ({ type, step }) as TraceEvent;
/** Two steps played, a manual action between them, and a third one running. */
const trace = [
  event('step-started', 0),
  event('request', 0),
  event('step-ended', 0),
  event('manual-action', null),
  event('step-started', 1),
  event('step-ended', 1),
  event('step-started', 2),
  event('request', 2),
];

describe('a moment of a trace', () => {
  test.each([
    [0, 0],
    [1, 4],
    [2, 6],
    [3, 8],
    [9, 8],
  ])('after %i steps shows %i events', (steps, position) => {
    expect(positionAfter(trace, steps)).toBe(position);
  });

  test('counts a running step as started, not as played', () => {
    expect([stepsStarted(trace), stepsPlayed(trace)]).toEqual([3, 2]);
  });

  test('is the beginning in an empty trace', () => {
    expect(positionAfter([], 0)).toBe(0);
    expect(positionAfter([], 3)).toBe(0);
  });
});

/** The state of a player after the first of two steps, and a counter of the events folded for it. */
function lookingBack(id: string): { state: PlayerState; folded: () => number } {
  let folded = 0;
  const { events } = traceOf(stepStarted(0), stepEnded(0), stepStarted(1), stepEnded(1));
  const counted = events.map((event) =>
    Object.defineProperty({ ...event }, 'at', {
      get() {
        folded += 1;
        return event.at;
      },
    }),
  ) as TraceEvent[];
  const sandbox: OpenedSandbox = { id, header, recorded: 0, ports: {}, accounts: [] };
  return { state: { ...nothingOpen, status: 'ready', sandbox, events: counted, cursor: 1 }, folded: () => folded };
}

test('a past moment is folded once, even if two sandboxes are read in turn', () => {
  const [one, other] = [lookingBack('1'), lookingBack('2')];
  const views = [viewOf(one.state), viewOf(other.state)];
  const once = [one.folded(), other.folded()];
  expect(Math.min(...once)).toBeGreaterThan(0);
  for (let render = 0; render < 3; render++) {
    expect(viewOf(one.state)).toBe(views[0]);
    expect(viewOf(other.state)).toBe(views[1]);
  }
  expect([one.folded(), other.folded()]).toEqual(once);
});

test('another past moment of the same sandbox is folded again', () => {
  const { state, folded } = lookingBack('1');
  expect(viewOf(state)?.position).toBe(2);
  const once = folded();
  expect(viewOf({ ...state, cursor: 0 })?.position).toBe(0);
  expect(viewOf(state)?.position).toBe(2);
  expect(folded()).toBe(2 * once);
});
