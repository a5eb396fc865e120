import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { fixation, leftAlone } from '../../../testing/panelTraces.ts';
import { timeIsSubject } from './timeIsSubject.ts';

const { header, events } = fixation(true);
const outline = { ...header.scenario, letsTimePass: false };
const later = (event: object) => [...events, { seq: 99, at: 1, step: 0, ...event } as TraceEvent];

test('a scenario without time is not about time, one that lets time pass is', () => {
  expect(timeIsSubject(outline, events)).toBe(false);
  expect(timeIsSubject({ ...outline, letsTimePass: true }, [])).toBe(true);
});

test('a run becomes about time when somebody jumps, waits, or a session expires', () => {
  expect(timeIsSubject(outline, later({ type: 'time', ms: 1000, how: 'jumped' }))).toBe(true);
  expect(timeIsSubject(outline, later({ type: 'wait', ms: 1000 }))).toBe(true);
  expect(timeIsSubject(outline, later({ type: 'key', change: 'expired', sid: 'abc' }))).toBe(true);
});

test('bookkeeping that expires does not make it so', () => {
  expect(timeIsSubject(outline, later({ type: 'key', change: 'expired', sid: null }))).toBe(false);
  expect(timeIsSubject({ ...outline, letsTimePass: false }, leftAlone().events.slice(0, 1))).toBe(false);
});
