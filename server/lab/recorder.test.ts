import { expect, test } from 'vitest';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { header } from '../../testing/trace.ts';
import { createRecorder } from './recorder.ts';
import { createClock } from './time/clock.ts';

const jumped = { type: 'time', ms: 1, how: 'jumped' } as const;
const theEnd = { type: 'ended', why: 'done' } as const;

test('an event gets its number, its time and its step', () => {
  const clock = createClock();
  const recorder = createRecorder(header, clock);
  recorder.record(jumped);
  recorder.inStep(2);
  clock.jump(1000);
  recorder.record(jumped);
  recorder.record({ type: 'step-started', step: 3 });
  recorder.inStep(null);
  recorder.record(jumped);

  const { events } = recorder.trace;
  expect(events.map(({ seq, step }) => [seq, step])).toEqual([
    [0, null],
    [1, 2],
    [2, 3],
    [3, null],
  ]);
  expect(events[1]!.at - events[0]!.at).toBeGreaterThanOrEqual(1000);
  expect(events[3]!.at).toBeGreaterThanOrEqual(events[1]!.at);
  expect(recorder.trace).toMatchObject({ version: 2, header });
});

test('every listener gets the events until it unsubscribes', () => {
  const recorder = createRecorder(header, createClock());
  const [one, other]: [TraceEvent[], TraceEvent[]] = [[], []];
  const stop = recorder.subscribe((event) => one.push(event));
  recorder.subscribe((event) => other.push(event));
  recorder.record(jumped);
  stop();
  stop();
  recorder.record(jumped);
  expect(other).toEqual(recorder.trace.events);
  expect(one).toEqual(other.slice(0, 1));
});

test('beyond the limit, only the end is recorded', () => {
  const recorder = createRecorder(header, createClock(), 3);
  for (let count = 0; count < 5; count++) {
    expect(recorder.full).toBe(count >= 3);
    recorder.record(jumped);
  }
  recorder.record(theEnd);
  expect(recorder.trace.events.map(({ type, seq }) => [type, seq])).toEqual([
    ['time', 0],
    ['time', 1],
    ['time', 2],
    ['ended', 3],
  ]);
});

test('nothing is recorded after the end', () => {
  const recorder = createRecorder(header, createClock());
  recorder.record(theEnd);
  recorder.record(jumped);
  recorder.record(theEnd);
  expect(recorder.trace.events).toHaveLength(1);
});
