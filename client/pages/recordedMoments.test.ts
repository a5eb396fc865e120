import { expect, test } from 'vitest';
import { traceOf } from '../../testing/trace.ts';
import { recordedMoments } from './recordedMoments.ts';

test('a recorded run is shown at the end of each step', () => {
  const ended = { type: 'step-ended', ms: 1, error: null } as const;
  const trace = traceOf(
    { type: 'step-started', step: 0 },
    { ...ended, step: 0 },
    { type: 'step-started', step: 1 },
    { ...ended, step: 1 },
  );
  const { moments, sids } = recordedMoments(trace);
  expect(moments.map(({ position, step, running }) => [position, step, running])).toEqual([
    [2, 0, false],
    [4, 1, false],
  ]);
  expect(sids).toEqual([]);
});
