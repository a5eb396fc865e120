import { expect, test } from 'vitest';
import { cookie, jar, stepEnded, stepStarted, traceOf } from '../../../testing/trace.ts';
import { type KnownDifference, reasonFor } from './knownDifferences.ts';
import { withDifferences } from './told.ts';

const first = (...cookies: Parameters<typeof jar>[1][]) => [stepStarted(0), jar('alice', ...cookies), stepEnded(0)];
const virtual = traceOf(...first(cookie()), stepStarted(1), stepEnded(1));

const found = { what: 'the jar of alice', virtual: expect.stringContaining('shop.example/'), real: 'nothing' };
const known: KnownDifference = {
  ...{ scenario: 'a-lesson', variants: ['protected'], step: 'first', what: ['the jar of alice'] },
  reason: 'it is known',
};

/** Returns what each step of the trace says. */
const told = (...of: Parameters<typeof withDifferences>) =>
  withDifferences(...of).events.flatMap((event) => (event.type === 'step-ended' ? [event.differs] : []));

test('each step says what differs, and why, where that is known', () => {
  const chromium = traceOf(...first(), stepStarted(1), stepEnded(1));
  expect(told(chromium, virtual)).toEqual([[found], [found]]);
  expect(told(chromium, virtual, [known])).toEqual([[{ ...found, reason: 'it is known' }], [found]]);
});

test('plays that are alike stay as they are', () => {
  expect(withDifferences(virtual, virtual)).toEqual(virtual);
});

test('a step that was not played says nothing: the one that failed does', () => {
  const chromium = traceOf(stepStarted(0), jar('alice', cookie()), stepEnded(0, 'It failed.'));
  expect(told(chromium, virtual)).toEqual([[{ what: 'the error', virtual: 'nothing', real: 'It failed.' }]]);
});

test.each([
  [{}, 'it is known'],
  [{ scenario: 'another' }, undefined],
  [{ variant: 'vulnerable' as const }, undefined],
  [{ step: 'second' }, undefined],
  [{ what: 'the answer' }, undefined],
])('with %j, the reason is %s', (other, reason) => {
  const occurrence = { scenario: 'a-lesson', variant: 'protected' as const, step: 'first', what: 'the jar of alice' };
  expect(reasonFor({ ...occurrence, ...other }, [known])).toBe(reason);
});
