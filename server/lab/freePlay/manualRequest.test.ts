import { expect, test } from 'vitest';
import { isForbiddenMethod, joinHeaders, whyNotSettable } from './manualRequest.ts';

test.each([
  'Cookie',
  'cookie',
  'HOST',
  'Origin',
  'Sec-Fetch-Site',
  'Sec-Anything',
  'Proxy-Authorization',
  'Content-Length',
  'Referer',
  'Connection',
  'Transfer-Encoding',
])('no page can set %s', (name) => {
  expect(whyNotSettable([name, 'x'])).toMatch(/^No page can set .+\.$/);
});

test.each([
  'Accept',
  'Content-Type',
  'X-CSRF-Token',
  'X-Forwarded-For',
  'Authorization',
  'User-Agent',
  'X-HTTP-Method',
])('a page can set %s', (name) => {
  expect(whyNotSettable([name, 'x'])).toBeNull();
});

test.each([
  ['', 'x'],
  ['a b', 'x'],
  ['a:', 'x'],
  ['ä', 'x'],
  ['a\n', 'x'],
  ['a', 'x\r\nCookie: y'],
  ['a', 'x\0'],
  ['a', '…'],
  ['X-HTTP-Method-Override', 'TRACE'],
])('%j: %j is refused in a sentence', (name, value) => {
  expect(whyNotSettable([name, value])).toMatch(/\S \S.+\.$/s);
});

test('fetch() refuses three methods, in upper and lower case', () => {
  expect(['TRACE', 'track', 'Connect', 'GET', 'TRACER'].filter(isForbiddenMethod)).toEqual([
    'TRACE',
    'track',
    'Connect',
  ]);
});

test('several headers of one name are joined', () => {
  expect(
    joinHeaders([
      ['X-A', '1'],
      ['x-a', '2'],
      ['B', '3'],
    ]),
  ).toEqual({ 'x-a': '1, 2', B: '3' });
});
