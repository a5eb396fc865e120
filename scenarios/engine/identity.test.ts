import { describe, expect, test } from 'vitest';
import { cookie, jar, keySet, stepStarted, traceOf } from '../../testing/trace.ts';
import { parseSignedValue, sessionIds, sidOf, sidsOf } from './identity.ts';

const signed = { prefix: 's:', sid: 'abc_-1', signature: 'x/Y+z=' };

describe('a signed value', () => {
  test.each([
    ['as it stands in a cookie', 's%3Aabc_-1.x%2FY%2Bz%3D', signed],
    ['decoded', 's:abc_-1.x/Y+z=', signed],
    ['with a dot in the signature', 's:a.b.c', { prefix: 's:', sid: 'a', signature: 'b.c' }],
    ['without a signature', 's:abc', null],
    ['with an empty signature', 's:abc.', null],
    ['without an id', 's:.sig', null],
    ['that is not signed', 'abc.def', null],
    ['that is JSON', 'j:{"a":1}.x', null],
    ['that cannot be decoded', '%E0%A4%A', null],
    ['that cannot be decoded but looks signed', 's:a.%', { prefix: 's:', sid: 'a', signature: '%' }],
    ['that is empty', '', null],
  ])('%s', (_, value, parts) => {
    expect(parseSignedValue(value)).toEqual(parts);
    expect(sidOf(cookie({ value }))).toBe(parts?.sid);
  });

  test('without a cookie gives no session id', () => {
    expect(sidOf(undefined)).toBeUndefined();
  });
});

test('session ids are listed once each, in the order in which they first appeared', () => {
  const cookieOf = (value: string) => ({ actor: 'mallory', victim: 'alice', name: 'sid', value });
  const { events } = traceOf(
    stepStarted(0),
    keySet('sess:b', '1'),
    jar('alice', cookie({ value: 's:b.sig' }), cookie({ name: 'theme', value: 'dark' })),
    keySet('user:1:sessions', '1'),
    { type: 'cookie-planted', ...cookieOf('s%3Aa.sig') },
    { type: 'cookie-copied', ...cookieOf('s:c.sig') },
    { type: 'cookie-copied', ...cookieOf('unsigned') },
    keySet('sess:a', '1'),
  );
  expect(sessionIds(events)).toEqual(['b', 'a', 'c']);
  expect(sessionIds([])).toEqual([]);
});

test('a session id that Redis was only asked for is not listed, but the event is about it', () => {
  const { events } = traceOf({
    ...{ type: 'command', id: 1, request: null, name: 'get', args: ['sandbox:test:sess:a'] },
    ...{ reply: '(nil)', error: null, ms: 1 },
  });
  expect(sessionIds(events)).toEqual([]);
  expect(events.flatMap(sidsOf)).toEqual(['a']);
});
