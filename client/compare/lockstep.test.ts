import { expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { fixation } from '../../testing/panelTraces.ts';
import { isAtEnd } from '../panels/steps/Steps.tsx';
import { lockstepView } from './lockstep.ts';

const trace = fixation(true);
const whole = read(trace);
const earlier = read(
  trace,
  trace.events.findLastIndex(({ type }) => type === 'step-started'),
);

test('what both sides have played is shown as it is', () => {
  expect(lockstepView(whole, whole, false)).toBe(whole);
});

test('a step is running, and the scenario not at its end, while the other side still plays', () => {
  for (const shared of [lockstepView(whole, { ...whole, running: true }, true), lockstepView(whole, earlier, true)]) {
    expect(shared.running).toBe(true);
    expect(shared.steps[whole.step ?? 0]?.state).toBe('running');
    expect(isAtEnd(shared)).toBe(false);
  }
});

test('sides that stay apart, because one was refused, do not wait for ever', () => {
  expect(lockstepView(whole, earlier, false).running).toBe(false);
});
