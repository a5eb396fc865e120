import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { recorded } from '../../../testing/trace.ts';
import { compared, differences, joined, partsOf, refusedIn, whyNotSendable } from './cookieParts.ts';

describe('a value', () => {
  test.each([
    ['signed', `s%3Aabc.${encodeURIComponent('sig/+=')}`, ['s:', 'abc', 'sig/+=']],
    ['of the shop’s other cookie', '1.-i71Kqgx_1NUq-', ['1.-i71Kqgx_1NUq-']],
    ['signed, but not encoded as the shop does', 's:abc.sig', ['s:abc.sig']],
    ['that cannot be decoded', 's%3Aabc.%zz', ['s%3Aabc.%zz']],
    ['empty', '', ['']],
  ])('%s is taken apart and comes out as it went in', (_, value, parts) => {
    expect(partsOf(recorded({ value })).map(({ text }) => text)).toEqual(parts);
    expect(joined(partsOf(recorded({ value })))).toBe(value);
  });

  test('is compared character by character', () => {
    expect(compared('abc', 'axcd').map(({ changed }) => changed)).toEqual([false, true, false, true]);
    expect([differences('abc', 'abc'), differences('abc', 'a'), differences('a', 'abc')]).toEqual([0, 2, 2]);
  });

  test('that no header can carry is told so', () => {
    expect(whyNotSendable('a=b "c"')).toBeNull();
    for (const value of ['a;b', 'a\nb', '…', 'x'.repeat(4097)]) expect(whyNotSendable(value)).toMatch(/\.$/);
  });
});

describe('a signature that does not fit', () => {
  const jar = { type: 'jar', cookies: [recorded({ value: 's%3Aabc.sig' })] };
  const sent = (value: string) => ({
    type: 'request',
    id: 3,
    method: 'GET',
    url: 'https://shop.example/me?x',
    cookies: [
      { name: 'sid', value, sent: true },
      { name: 'device', value: 'd', sent: true },
    ],
  });
  const audit = { type: 'audit', name: 'session_cookie_invalid', request: 3 };
  const events = [jar, sent('s%3Axbc.sig'), audit] as TraceEvent[];

  test('is told of the cookie that had it', () => {
    expect(refusedIn(events, 'sid', 's%3Axbc.sig')).toBe('GET /me');
  });

  test('is not told of another value, a cookie that is never signed, or a request the shop did not mind', () => {
    expect(refusedIn(events, 'sid', 's%3Aabc.sig')).toBeNull();
    expect(refusedIn(events, 'device', 'd')).toBeNull();
    expect(refusedIn(events.slice(0, 2), 'sid', 's%3Axbc.sig')).toBeNull();
  });
});
