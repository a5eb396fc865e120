import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { positionAfter, stepsPlayed, stepsStarted } from './moments.ts';

const event = (type: string, step: number | null) => ({ type, step }) as TraceEvent;
/** Two steps played, a key deleted by hand between them, and a third one running. */
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

describe('moments of a trace', () => {
  test.each([
    [0, 0],
    [1, 4],
    [2, 6],
    [3, 8],
    [9, 8],
  ])('after %i steps, %i events are visible', (steps, position) => {
    expect(positionAfter(trace, steps)).toBe(position);
  });

  test('a running step has been started but not played', () => {
    expect([stepsStarted(trace), stepsPlayed(trace)]).toEqual([3, 2]);
  });

  test('in an empty trace every moment is its beginning', () => {
    expect(positionAfter([], 0)).toBe(0);
    expect(positionAfter([], 3)).toBe(0);
  });
});
