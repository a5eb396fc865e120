import { expect, test } from 'vitest';
import type { RequestOptions } from '../../../scenarios/engine/cast.ts';
import { isForbiddenMethod, requireFetchable, whyNotSettable } from './forbidden.ts';

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

test.each<[what: string, method: string, body: string | undefined, options: object, message: RegExp]>([
  ['redirect', 'GET', undefined, { redirect: 'manual' }, /no option "redirect"/],
  ['cache', 'GET', undefined, { cache: 'no-store' }, /no option "cache"/],
  ['a mode', 'GET', undefined, { mode: 'navigate' }, /"mode" cannot be "navigate": it is cors or no-cors/],
  ['credentials', 'GET', undefined, { credentials: 'Include' }, /"credentials" cannot be "Include"/],
  ['a Cookie header', 'GET', undefined, { headers: { cookie: 'sid=1' } }, /No page can set cookie/],
  ['an Origin', 'POST', '', { headers: { Origin: 'null' } }, /No page can set Origin/],
  ['Sec-Fetch-Site', 'GET', undefined, { headers: { 'Sec-Fetch-Site': 'none' } }, /No page can set/],
  ['TRACE', 'TRACE', undefined, {}, /No page can send TRACE/],
  ['a GET with a body', 'GET', 'a', {}, /A GET request has no body/],
])('what a scenario cannot ask of a page: %s', (_what, method, body, options, message) => {
  expect(() => requireFetchable(method, body, options as RequestOptions)).toThrow(message);
});

test('a scenario can ask for every option there is, and play a program that writes Host', () => {
  const options: RequestOptions = {
    mode: 'no-cors',
    credentials: 'omit',
    cookie: '',
    storeCookies: false,
    patience: 1,
  };
  expect(() => requireFetchable('POST', '', { ...options, headers: { Host: 'evil.example' } })).not.toThrow();
});
