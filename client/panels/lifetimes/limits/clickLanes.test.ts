import { describe, expect, test } from 'vitest';
import { hours, minutes } from '../../../../scenarios/engine/durations.ts';
import { type Limits, modelClicks, usualLimits } from '../../../../scenarios/engine/limits.ts';
import { clickLane, drawnUntil, roundTimes } from './clickLanes.ts';
import { answersText, lifetimeText } from './rowText.ts';

const lanesOf = (change: Partial<Limits>) => {
  const limits = { ...usualLimits, ...change };
  const clicks = modelClicks(limits);
  const [cookie, record] = (['cookie', 'record'] as const).map((what) => clickLane(what, clicks, limits, 'model'));
  return { cookie: cookie!, record: record!, clicks, limits };
};

describe('the lanes of the clicks', () => {
  test('have a lifetime with an expiry for each renewal', () => {
    const { cookie, record } = lanesOf({ rolling: false, every: minutes(10) });
    const minutesOf = ({ lifetimes }: typeof cookie) =>
      lifetimes[0]!.expiries.map(({ at, expiresAt }) => [at, expiresAt!].map((ms) => ms / minutes(1)));
    expect(minutesOf(cookie)).toEqual([[0, 30]]);
    expect(minutesOf(record)).toEqual([
      [0, 30],
      [10, 40],
      [20, 50],
    ]);
    expect([lifetimeText(cookie), lifetimeText(record)]).toEqual(['until 30 min', 'until 50 min']);
  });

  test('end where the app ends the session', () => {
    const { cookie, record, clicks } = lanesOf({ absolute: minutes(15) });
    expect(cookie.lifetimes[0]!.end).toEqual({ at: minutes(15), how: 'removed' });
    expect(record.lifetimes[0]!.end).toEqual({ at: minutes(15), how: 'deleted' });
    expect(answersText(clicks)).toBe('3 × 200, then 401');
  });

  test('end where they expire, also between two clicks', () => {
    const { cookie, record } = lanesOf({ every: hours(1) });
    expect(cookie.lifetimes[0]!.end).toEqual({ at: minutes(30), how: 'expired' });
    expect(record.lifetimes[0]!.end).toEqual({ at: minutes(30), how: 'expired' });
  });

  test('have no end without an expiry', () => {
    const { cookie, clicks } = lanesOf({ maxAge: null, absolute: null });
    expect(cookie.lifetimes[0]).toMatchObject({ expiries: [{ at: 0, expiresAt: null }], end: null });
    expect(lifetimeText(cookie)).toBe('no expiry');
    expect(answersText(clicks)).toBe('101 × 200');
  });
});

test('what outlives the clicks is drawn to its end only if that leaves room for the clicks', () => {
  const until = (change: Partial<Limits>) => {
    const { clicks, limits } = lanesOf({ rolling: false, absolute: null, ...change });
    return drawnUntil(clicks, limits);
  };
  expect(until({})).toBeGreaterThan(minutes(55));
  expect(until({ idle: hours(24) })).toBeLessThan(minutes(40));
});

test('the axis has a few round times', () => {
  expect(roundTimes(minutes(32), 500).map((at) => at / minutes(1))).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(roundTimes(hours(9), 300).map((at) => at / hours(1))).toEqual([0, 4, 8]);
});
