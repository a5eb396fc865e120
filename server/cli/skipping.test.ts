import { expect, test } from 'vitest';
import streams from '../../scenarios/event-stream-outlives-logout.ts';
import eviction from '../../scenarios/eviction-logs-everyone-out.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { whySkipped } from './skipping.ts';

const browser = 'Chromium 156';

test('a scenario is skipped for its store or its browser, with the reason', () => {
  expect(whySkipped(fixation, { store: 'mock' })).toBeNull();
  expect(whySkipped(fixation, { store: 'mock', browser })).toBeNull();
  expect(whySkipped(eviction, { store: 'mock' })).toBe(
    `It needs real Redis (--redis real). ${eviction.needsRealRedis}`,
  );
  expect(whySkipped(eviction, { store: 'real', browser })).toBeNull();
  expect(whySkipped(streams, { store: 'mock' })).toBeNull();
  expect(whySkipped(streams, { store: 'mock', browser })).toBe(
    'It is not played in a real browser: a response stays open, and an EventSource would connect again.',
  );
});
