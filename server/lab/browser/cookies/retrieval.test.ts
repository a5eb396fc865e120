import { describe, expect, test } from 'vitest';
import type { Cookie } from './cookie.ts';
import { laxAllowingUnsafeAge, type Retrieval, whyNotSent, whySent } from './retrieval.ts';

const now = Date.UTC(2030, 0, 1);

const sid: Cookie = {
  name: 'sid',
  value: '1',
  domain: 'shop.example',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: null,
  expiresAt: null,
  createdAt: now,
};

function retrieval(url: string, more: Partial<Retrieval> = {}): Retrieval {
  const typed = { method: 'GET', initiator: null, navigation: true };
  return { url: new URL(url), ...typed, api: 'http', now, laxAllowingUnsafe: false, ...more };
}

test.each<[expiresAt: number | null, why: string | null]>([
  [null, null],
  [now + 1, null],
  [now, 'it has expired'],
  [now - 1, 'it has expired'],
])('an expiry at %s: %s', (expiresAt, why) => {
  expect(whyNotSent({ ...sid, expiresAt }, retrieval('https://shop.example/'))).toBe(why);
});

test.each<[domain: string, hostOnly: boolean, url: string, why: string | null]>([
  ['shop.example', true, 'https://shop.example/', null],
  ['shop.example', true, 'https://shop.example:8443/', null],
  ['shop.example', true, 'https://blog.shop.example/', 'it is for exactly shop.example, not for blog.shop.example'],
  ['shop.example', false, 'https://blog.shop.example/', null],
  ['shop.example', false, 'https://shop.example/', null],
  ['shop.example', false, 'https://evil.example/', 'it is for shop.example and its subdomains, not for evil.example'],
  [
    'shop.example',
    false,
    'https://myshop.example/',
    'it is for shop.example and its subdomains, not for myshop.example',
  ],
  [
    'blog.shop.example',
    false,
    'https://shop.example/',
    'it is for blog.shop.example and its subdomains, not for shop.example',
  ],
  ['[::1]', true, 'http://[::1]:3000/', null],
])('the domain %s (host-only: %s) at %s: %s', (domain, hostOnly, url, why) => {
  expect(whyNotSent({ ...sid, domain, hostOnly }, retrieval(url))).toBe(why);
});

test.each<[path: string, url: string, why: string | null]>([
  ['/', 'https://shop.example/me', null],
  ['/app', 'https://shop.example/app', null],
  ['/app', 'https://shop.example/app/me', null],
  ['/app', 'https://shop.example/app?x', null],
  ['/app/', 'https://shop.example/app/me', null],
  ['/app', 'https://shop.example/me', 'its path /app does not cover /me'],
  ['/app', 'https://shop.example/application', 'its path /app does not cover /application'],
  ['/app/', 'https://shop.example/app', 'its path /app/ does not cover /app'],
  ['/App', 'https://shop.example/app', 'its path /App does not cover /app'],
  ['/caf%C3%A9', 'https://shop.example/café', null],
])('the path %s at %s: %s', (path, url, why) => {
  expect(whyNotSent({ ...sid, path }, retrieval(url))).toBe(why);
});

test.each<[secure: boolean, url: string, why: string | null]>([
  [true, 'https://shop.example/', null],
  [true, 'http://shop.example/', 'it is Secure, and the address is http'],
  [false, 'http://shop.example/', null],
  [true, 'http://localhost/', null],
  [true, 'http://app.localhost/', null],
  [true, 'http://127.0.0.1/', null],
  [true, 'http://[::1]/', null],
])('Secure %s at %s: %s', (secure, url, why) => {
  const domain = new URL(url).hostname;
  expect(whyNotSent({ ...sid, domain, secure }, retrieval(url))).toBe(why);
});

test.each<[httpOnly: boolean, api: 'http' | 'script', why: string | null]>([
  [true, 'script', 'it is HttpOnly, which hides it from scripts'],
  [true, 'http', null],
  [false, 'script', null],
])('HttpOnly %s for %s: %s', (httpOnly, api, why) => {
  expect(whyNotSent({ ...sid, httpOnly }, retrieval('https://shop.example/', { api }))).toBe(why);
});

const link = { method: 'GET', navigation: true };
const form = { method: 'POST', navigation: true };
const fetched = { method: 'GET', navigation: false };
const evil = 'https://evil.example/';

describe('SameSite', () => {
  test.each<[what: string, request: object, from: string, sameSite: Cookie['sameSite'], why: string | null]>([
    ['a link', link, evil, 'Strict', 'it has SameSite=Strict, and the request comes from evil.example'],
    ['a link', link, evil, 'Lax', null],
    ['a link', link, evil, null, null],
    ['a link', link, evil, 'None', null],
    ['a form', form, evil, 'Strict', 'it has SameSite=Strict, and the request comes from evil.example'],
    ['a form', form, evil, 'Lax', 'it has SameSite=Lax, and the POST comes from evil.example'],
    ['a form', form, evil, null, 'it has no SameSite (treated as Lax), and the POST comes from evil.example'],
    ['a form', form, evil, 'None', null],
    ['a fetch', fetched, evil, 'Strict', 'it has SameSite=Strict, and the request comes from evil.example'],
    [
      'a fetch',
      fetched,
      evil,
      'Lax',
      'it has SameSite=Lax, and a page of evil.example makes the request in the background',
    ],
    [
      'a fetch',
      fetched,
      evil,
      null,
      'it has no SameSite (treated as Lax), and a page of evil.example makes the request in the background',
    ],
    ['a fetch', fetched, evil, 'None', null],
    ['a form', form, 'http://shop.example/', 'Lax', 'it has SameSite=Lax, and the POST comes from http://shop.example'],
    ['a form', form, 'https://blog.shop.example/', 'Strict', null],
    ['a fetch', fetched, 'https://shop.example/', 'Strict', null],
    ['a form', form, 'data:text/html,', 'Lax', 'it has SameSite=Lax, and the POST comes from an unknown site'],
  ])('%s (%j) of %s and SameSite %s: %s', (_what, request, from, sameSite, why) => {
    const asked = retrieval('https://shop.example/', { ...request, initiator: new URL(from) });
    expect(whyNotSent({ ...sid, sameSite }, asked)).toBe(why);
  });

  test.each<[what: string, request: object, cookie: Partial<Cookie>, sent: boolean]>([
    ['a young cookie with a form', form, {}, true],
    ['a cookie that is just young enough', form, { createdAt: now - laxAllowingUnsafeAge }, true],
    ['an older cookie', form, { createdAt: now - laxAllowingUnsafeAge - 1 }, false],
    ['an explicit SameSite=Lax', form, { sameSite: 'Lax' }, false],
    ['an explicit SameSite=Strict', form, { sameSite: 'Strict' }, false],
    ['a background request', { method: 'POST', navigation: false }, {}, false],
  ])('Lax-allowing-unsafe and %s', (_what, request, cookie, sent) => {
    const asked = retrieval('https://shop.example/', { ...request, initiator: new URL(evil), laxAllowingUnsafe: true });
    expect(whyNotSent({ ...sid, ...cookie }, asked) === null).toBe(sent);
  });
});

test('the reason is the first rule that applies', () => {
  const cookie = { ...sid, secure: true, path: '/app', expiresAt: now - 1 };
  expect(whyNotSent(cookie, retrieval('http://evil.example/'))).toBe('it has expired');
  expect(whyNotSent({ ...cookie, expiresAt: null }, retrieval('http://shop.example/'))).toContain('/app');
});

test.each<[request: object, from: string | null, sameSite: Cookie['sameSite'], why: string]>([
  [link, null, 'Strict', 'host, path and scheme match'],
  [fetched, 'https://shop.example/', null, 'host, path and scheme match'],
  [link, evil, 'Lax', 'host, path and scheme match; SameSite=Lax allows links from other sites'],
  [link, evil, null, 'host, path and scheme match; no SameSite (treated as Lax) allows links from other sites'],
  [
    form,
    evil,
    null,
    "host, path and scheme match; no SameSite (treated as Lax) allows forms of other sites in the cookie's first two minutes",
  ],
  [form, evil, 'None', 'host, path and scheme match; SameSite=None allows requests from any site'],
])('%j from %s sends a cookie with SameSite %s', (request, from, sameSite, why) => {
  const initiator = from === null ? null : new URL(from);
  const asked = retrieval('https://shop.example/', { ...request, initiator, laxAllowingUnsafe: true });
  expect(whyNotSent({ ...sid, sameSite }, asked)).toBeNull();
  expect(whySent({ ...sid, sameSite }, asked)).toBe(why);
});
