import { describe, expect, test } from 'vitest';
import type { View } from '../../scenarios/engine/read.ts';
import type { JarCookie, TraceEvent } from '../../scenarios/engine/trace.ts';
import { hasExpired, lifetimeStart, nextExpiry, toNextExpiry } from './expiries.ts';

const cookie = (expiresAt: number | null): JarCookie => ({
  name: 'sid',
  value: 's%3Aabc.def',
  domain: 'shop.example',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Lax',
  expiresAt,
});

function viewWith({ keys = [], cookies = [] }: { keys?: (number | null)[]; cookies?: (number | null)[] }): View {
  return {
    keys: keys.map((expiresAt) => ({ expiresAt, mark: null })),
    actors: [{ cookies: cookies.map((expiresAt) => ({ cookie: cookie(expiresAt), mark: null })) }],
  } as unknown as View;
}

describe('the next expiry', () => {
  test('is the earliest one of all keys and cookies that is still ahead', () => {
    expect(nextExpiry(viewWith({ keys: [90_000, null], cookies: [60_000, 10_000] }), 20_000)).toBe(60_000);
  });

  test('is null if nothing expires', () => {
    expect(nextExpiry(viewWith({ keys: [null], cookies: [null, 5] }), 20_000)).toBe(null);
  });

  test.each([
    ['5 s before it', { keys: [1_800_000] }, 0, 1_795_000, /^$/],
    ['1 s past it, and says so, if less than 5 s are left', { keys: [4_000] }, 0.5, 5_000, /jumped 1 s past it/],
    ['1 s past it, and says so, if exactly 5 s are left', { keys: [5_000, 90_000] }, 0, 6_000, /jumped 1 s past it/],
    ['a minute ahead, and says so, if nothing expires', {}, 0, 60_000, /Nothing here expires/],
  ])('a jump goes %s', (_, expiries, now, ms, notice) => {
    const jump = toNextExpiry(viewWith(expiries), now);
    expect(jump.ms).toBe(ms);
    expect(jump.notice ?? '').toMatch(notice);
  });
});

describe('a cookie', () => {
  test.each([
    [null, 1e12, false],
    [5_000, 4_999, false],
    [5_000, 5_000, true],
  ])('that expires at %s has expired at %i: %s', (expiresAt, now, dropped) => {
    expect(hasExpired(cookie(expiresAt), now)).toBe(dropped);
  });

  test('has a bar that starts when it got its current expiry, not when it first appeared', () => {
    const jar = (at: number, actor: string, expiresAt: number) =>
      ({ type: 'jar', at, actor, cookies: [cookie(expiresAt)] }) as TraceEvent;
    const events = [
      jar(10, 'alice', 1_000),
      jar(20, 'mallory', 2_000),
      jar(30, 'alice', 2_000),
      jar(40, 'alice', 2_000),
    ];
    expect(lifetimeStart(events, 'alice', cookie(2_000))).toBe(30);
  });
});
