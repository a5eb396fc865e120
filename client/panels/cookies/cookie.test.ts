import { describe, expect, test } from 'vitest';
import type { JarCookie, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { cookie, recorded } from '../../../testing/trace.ts';
import {
  attributesOf,
  changeWord,
  compareCharacters,
  countDifferences,
  forgedIn,
  hostOf,
  isSubject,
  joinValue,
  meaningOfCookie,
  saidBy,
  sendingProblem,
  splitValue,
} from './cookie.ts';

describe('the attributes of a cookie', () => {
  const careful = cookie();
  const weak = (cookie: JarCookie) =>
    [...attributesOf(cookie), hostOf(cookie)].filter(({ weak }) => weak).map(({ text }) => text);

  test('are none of them weak when the cookie is well protected', () => {
    expect(weak(careful)).toEqual([]);
    expect(attributesOf(careful).map(({ text }) => text)).toEqual(['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']);
  });

  test('include those that are missing', () => {
    const careless = { ...careful, httpOnly: false, secure: false, sameSite: null, hostOnly: false };
    expect(weak(careless)).toEqual(['not HttpOnly', 'not Secure', 'no SameSite', 'Domain=shop.example']);
  });

  test('are weak with SameSite=None', () => {
    expect(weak({ ...careful, sameSite: 'None' })).toEqual(['SameSite=None']);
  });

  test('are unknown when only a Cookie header showed the cookie', () => {
    const seen: JarCookie = { ...careful, httpOnly: false, secure: false, sameSite: null, attributes: 'unknown' };
    expect(attributesOf(seen).map(({ text }) => text)).toEqual(['attributes unknown']);
    expect(hostOf(seen).text).toBe('sent to shop.example');
    expect(weak(seen)).toEqual([]);
  });
});

describe('the second line of a cookie', () => {
  const device = recorded({ name: 'device', value: 'd' });

  test('is there without a click for a session, a forgery, a weakness, and where nothing is known', () => {
    expect(isSubject(device, null)).toBe(false);
    expect(isSubject(device, 'GET /me')).toBe(true);
    for (const given of [{ sid: 'abc' }, { secure: false }, { hostOnly: false }, { attributes: 'unknown' as const }]) {
      expect(isSubject({ ...device, ...given }, null)).toBe(true);
    }
  });

  test('says what the step changed', () => {
    const before = recorded({ value: 's%3Aone.sig' });
    const word = (cookie: typeof before) => changeWord({ cookie, before, mark: 'changed' });
    expect(word({ ...before, expiresAt: 99 })).toBe('renewed');
    const copied = { ...before, expiresAt: null };
    expect(changeWord({ cookie: before, before: copied, mark: 'changed' })).toBe('expiry set');
    expect(word(recorded({ value: 's%3Atwo.sig' }))).toBe('new ID');
    expect(word(recorded({ value: 's%3Aone.other' }))).toBe('edited');
    expect(changeWord({ cookie: before, before: null, mark: 'added' })).toBe('added');
    expect(changeWord({ cookie: before, before, mark: null })).toBe('');
  });
});

test('a token says who its user is, and no other cookie does', () => {
  const token = (claims: object) =>
    cookie({ value: `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.xY` });
  expect(saidBy(token({ sub: '1', role: 'customer' }))).toMatchObject({
    text: 'says: user 1, customer',
    why: '{"sub":"1","role":"customer"}',
  });
  expect(saidBy(token({ sub: 'alice' }))?.text).toBe('says: no user');
  expect(saidBy(cookie())).toBeNull();
});

describe('the value of a cookie', () => {
  test.each([
    ['signed', `s%3Aabc.${encodeURIComponent('sig/+=')}`, ['s:', 'abc', 'sig/+=']],
    ['of the app’s other cookie', '1.-i71Kqgx_1NUq-', ['1.-i71Kqgx_1NUq-']],
    ['signed, but not encoded as the app does', 's:abc.sig', ['s:abc.sig']],
    ['that cannot be decoded', 's%3Aabc.%zz', ['s%3Aabc.%zz']],
    ['that is empty', '', ['']],
  ])('%s is split into parts and joined without a change', (_, value, parts) => {
    expect(splitValue(recorded({ value })).map(({ text }) => text)).toEqual(parts);
    expect(joinValue(splitValue(recorded({ value })))).toBe(value);
  });

  test('is compared character by character', () => {
    expect(compareCharacters('abc', 'axcd').map(({ changed }) => changed)).toEqual([false, true, false, true]);
    expect([countDifferences('abc', 'abc'), countDifferences('abc', 'a'), countDifferences('a', 'abc')]).toEqual([
      0, 2, 2,
    ]);
  });

  test('is refused with a reason when no header can carry it', () => {
    expect(sendingProblem('a=b "c"')).toBeNull();
    for (const value of ['a;b', 'a\nb', '…', 'x'.repeat(4097)]) expect(sendingProblem(value)).toMatch(/\.$/);
  });
});

describe('a forged signature', () => {
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

  test('is reported at the cookie that has it', () => {
    expect(forgedIn(events, cookie({ value: 's%3Axbc.sig' }))).toBe('GET /me');
  });

  test('is not reported of another value, of a cookie that is never signed, or of a request the app accepted', () => {
    expect(forgedIn(events, cookie({ value: 's%3Aabc.sig' }))).toBeNull();
    expect(forgedIn(events, cookie({ name: 'device', value: 'd' }))).toBeNull();
    expect(forgedIn(events.slice(0, 2), cookie({ value: 's%3Axbc.sig' }))).toBeNull();
  });
});

test('a cookie of the shop that is not the session’s says what it is for', () => {
  expect(meaningOfCookie({ name: '__Host-device', sid: null })).toMatch(/grants no access/);
  expect(meaningOfCookie({ name: '__Host-remember', sid: null })).toMatch(/without a password/);
  expect(meaningOfCookie({ name: '__Host-sid', sid: 'x' })).toBeNull();
  expect(meaningOfCookie({ name: 'basket', sid: null })).toBeNull();
});
