import { describe, expect, test } from 'vitest';
import { maxAttributeBytes, parseSetCookie } from './parseSetCookie.ts';

test.each([
  ['sid=1', 'sid', '1'],
  ['sid=1; Path=/', 'sid', '1'],
  ['  sid =\t1 2\t ; Path=/', 'sid', '1 2'],
  ['sid=a=b==', 'sid', 'a=b=='],
  ['sid="1"', 'sid', '"1"'],
  ['sid=', 'sid', ''],
  ['=1', '', '1'],
  ['1', '', '1'],
  ['=', '', ''],
  ['', '', ''],
  [';;;', '', ''],
  ['sid=1\u00a0', 'sid', '1\u00a0'],
  ['__proto__=1', '__proto__', '1'],
])('%j has the name %j and the value %j', (header, name, value) => {
  const cookie = parseSetCookie(header);
  expect([cookie.name, cookie.value]).toEqual([name, value]);
});

describe('attributes', () => {
  const longest = `/${'x'.repeat(maxAttributeBytes - 1)}`;
  const rows: [attributes: string, expected: object][] = [
    ['', { domain: null, path: null, secure: false, httpOnly: false, sameSite: null, expires: null, maxAge: null }],
    ['Domain=.Shop.Example', { domain: 'shop.example' }],
    ['Domain=shop.example; Domain=', { domain: null }],
    ['Domain=shop.example; Domain', { domain: null }],
    ['Domain=; Domain=shop.example', { domain: 'shop.example' }],
    ['Domain=.', { domain: '' }],
    ['Domain=shop.example\xa0', { domain: 'shop.example\xa0' }],
    ['Domain=\xc3\x89cole.example', { domain: 'xn--cole-9oa.example' }],
    ['Domain=\xe9cole.example', { domain: '\xe9cole.example' }],
    ['Path=/a; Path=/b', { path: '/b' }],
    ['Path=app', { path: null }],
    ['Path=/a; Path=', { path: null }],
    ['Path=/app\xa0', { path: '/app\xa0' }],
    ['PATH=/app; SECURE; httponly', { path: '/app', secure: true, httpOnly: true }],
    ['SameSite=STRICT', { sameSite: 'Strict' }],
    ['SameSite=Strict; SameSite=bogus', { sameSite: null }],
    ['SameSite=Strict\xa0; Secure\xa0; \xa0HttpOnly', { sameSite: null, secure: false, httpOnly: false }],
    ['Max-Age=60', { maxAge: 60 }],
    ['Max-Age=+60', { maxAge: 60 }],
    ['Max-Age=1.5', { maxAge: null }],
    ['Max-Age=60\xa0', { maxAge: null }],
    ['Max-Age=0; Max-Age=soon', { maxAge: null }],
    ['Max-Age=soon; Max-Age=60', { maxAge: 60 }],
    ['Expires=Thu, 01 Jan 1970 00:00:00 GMT', { expires: 0 }],
    ['Expires=whenever', { expires: null }],
    ['Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=whenever', { expires: null }],
    ['Partitioned', { partitioned: true }],
    ['partitioned=no', { partitioned: true }],
    ['Partitioned-not', { partitioned: false }],
    ['Partitioned not', { partitioned: false }],
    [`Path=${longest}`, { path: longest }],
    [`Path=${longest}x`, { path: null }],
    [`Secure; Domain=${'x'.repeat(maxAttributeBytes + 1)}`, { secure: true, domain: null }],
    ['__proto__=x; constructor=y', { domain: null }],
  ];
  test.each(rows.map((row) => [row[0].slice(0, 60), row] as const))('%s', (_title, [attributes, expected]) => {
    expect(parseSetCookie(`sid=1; ${attributes}`)).toMatchObject(expected);
  });
});
