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

test('beyond the limit of events, only the end is recorded', () => {
  const recorder = createRecorder(header, createClock(), { events: 3, bytes: 1000 });
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

test('a trace has bytes as well as events, and beyond them only the end of the step and of the sandbox is recorded', () => {
  const recorder = createRecorder(header, createClock(), { events: 100, bytes: 200 });
  recorder.inStep(0);
  while (!recorder.full) recorder.record(jumped);
  const { length } = recorder.trace.events;
  expect(length).toBeLessThan(10);
  expect(JSON.stringify(recorder.trace.events).length).toBeGreaterThanOrEqual(200);
  recorder.record(jumped);
  recorder.record({ type: 'step-ended', step: 0, ms: 1, error: null });
  recorder.record(theEnd);
  expect(recorder.trace.events.slice(length).map(({ type }) => type)).toEqual(['step-ended', 'ended']);
});

test('a trace is full when there is no memory for more, and gives back nothing of what it has', () => {
  const asked: number[] = [];
  const recorder = createRecorder(header, createClock(), undefined, (bytes) => asked.push(bytes) < 3);
  for (let count = 0; count < 5; count++) recorder.record(jumped);
  expect(recorder.full).toBe(true);
  expect(asked).toEqual(recorder.trace.events.map((event) => JSON.stringify(event).length));
  expect(asked).toHaveLength(3);
});

test('nothing is recorded after the end', () => {
  const recorder = createRecorder(header, createClock());
  recorder.record(theEnd);
  recorder.record(jumped);
  recorder.record(theEnd);
  expect(recorder.trace.events).toHaveLength(1);
});
