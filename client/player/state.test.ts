import { expect, test } from 'vitest';
import type { OpenedSandbox } from '../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { header, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { nothingOpen, type PlayerState, viewOf } from './state.ts';

/** A player after the first of two steps, and how many events have been folded for it. */
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
  const sandbox: OpenedSandbox = { id, header, ports: {}, accounts: [] };
  return { state: { ...nothingOpen, status: 'ready', sandbox, events: counted, cursor: 1 }, folded: () => folded };
}

test('a past moment is folded once, also when two sandboxes are looked at in turn', () => {
  const [one, other] = [lookingBack('1'), lookingBack('2')];
  const views = [viewOf(one.state), viewOf(other.state)];
  expect([one.folded(), other.folded()]).toEqual([2, 2]);
  for (let render = 0; render < 3; render++) {
    expect(viewOf(one.state)).toBe(views[0]);
    expect(viewOf(other.state)).toBe(views[1]);
  }
  expect([one.folded(), other.folded()]).toEqual([2, 2]);
});

test('another past moment of the same sandbox is folded anew', () => {
  const { state, folded } = lookingBack('1');
  expect(viewOf(state)?.position).toBe(2);
  expect(viewOf({ ...state, cursor: 0 })?.position).toBe(0);
  expect(viewOf(state)?.position).toBe(2);
  expect(folded()).toBe(4);
});
