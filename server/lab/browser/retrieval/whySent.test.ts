import { describe, expect, test } from 'vitest';
import type { CookieState } from '../cookieState.ts';
import { expired } from './expired.ts';
import { hostMatch } from './hostMatch.ts';
import { httpOnly } from './httpOnly.ts';
import { pathMatch } from './pathMatch.ts';
import type { Retrieval } from './retrieval.ts';
import { LAX_ALLOWING_UNSAFE_AGE, sameSiteEnforcement } from './sameSiteEnforcement.ts';
import { secureOnly } from './secureOnly.ts';
import { whyKeptBack, whySent } from './whySent.ts';

const NOW = Date.UTC(2030, 0, 1);

const COOKIE: CookieState = {
  name: 'sid',
  value: '1',
  domain: 'shop.example',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: null,
  expiresAt: null,
  createdAt: NOW,
  partitioned: false,
};

function retrieval(url: string, more: Partial<Retrieval> = {}): Retrieval {
  const typed = { method: 'GET', initiator: null, navigation: true };
  return { url: new URL(url), ...typed, api: 'http', now: NOW, laxAllowingUnsafe: false, ...more };
}

test.each<[expiresAt: number | null, why: string | null]>([
  [null, null],
  [NOW + 1, null],
  [NOW, 'it expired'],
  [NOW - 1, 'it expired'],
])('expired: %s', (expiresAt, why) => {
  expect(expired({ expiresAt }, { now: NOW })).toBe(why);
});

test.each<[domain: string, hostOnly: boolean, url: string, why: string | null]>([
  ['shop.example', true, 'https://shop.example/', null],
  ['shop.example', true, 'https://shop.example:8443/', null],
  ['shop.example', true, 'https://blog.shop.example/', 'it belongs to exactly shop.example, not blog.shop.example'],
  ['shop.example', false, 'https://blog.shop.example/', null],
  ['shop.example', false, 'https://shop.example/', null],
  ['shop.example', false, 'https://evil.example/', 'it belongs to shop.example and its subdomains, not evil.example'],
  [
    'shop.example',
    false,
    'https://myshop.example/',
    'it belongs to shop.example and its subdomains, not myshop.example',
  ],
  [
    'blog.shop.example',
    false,
    'https://shop.example/',
    'it belongs to blog.shop.example and its subdomains, not shop.example',
  ],
  ['::1', true, 'http://[::1]:3000/', null],
])('hostMatch: %s (host-only %s) at %s', (domain, hostOnly, url, why) => {
  expect(hostMatch({ ...COOKIE, domain, hostOnly }, retrieval(url))).toBe(why);
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
])('pathMatch: %s at %s', (path, url, why) => {
  expect(pathMatch({ ...COOKIE, path }, retrieval(url))).toBe(why);
});

test.each<[secure: boolean, url: string, why: string | null]>([
  [true, 'https://shop.example/', null],
  [true, 'http://shop.example/', 'it is Secure and the address is http'],
  [false, 'http://shop.example/', null],
  [true, 'http://localhost/', null],
  [true, 'http://app.localhost/', null],
  [true, 'http://127.0.0.1/', null],
  [true, 'http://[::1]/', null],
])('secureOnly: Secure %s at %s', (secure, url, why) => {
  expect(secureOnly({ ...COOKIE, secure }, retrieval(url))).toBe(why);
});

test.each<[httpOnly: boolean, api: 'http' | 'script', why: string | null]>([
  [true, 'script', 'it is HttpOnly, which hides it from scripts'],
  [true, 'http', null],
  [false, 'script', null],
])('httpOnly: HttpOnly %s for %s', (flag, api, why) => {
  expect(httpOnly({ ...COOKIE, httpOnly: flag }, retrieval('https://shop.example/', { api }))).toBe(why);
});

const LINK = { method: 'GET', navigation: true };
const FORM = { method: 'POST', navigation: true };
const FETCH = { method: 'GET', navigation: false };
const EVIL = 'https://evil.example/';

describe('sameSiteEnforcement', () => {
  test.each<[what: string, request: object, from: string, sameSite: CookieState['sameSite'], why: string | null]>([
    ['a link', LINK, EVIL, 'Strict', 'SameSite=Strict and the request comes from evil.example'],
    ['a link', LINK, EVIL, 'Lax', null],
    ['a link', LINK, EVIL, null, null],
    ['a link', LINK, EVIL, 'None', null],
    ['a form', FORM, EVIL, 'Strict', 'SameSite=Strict and the request comes from evil.example'],
    ['a form', FORM, EVIL, 'Lax', 'SameSite=Lax and the POST comes from evil.example'],
    ['a form', FORM, EVIL, null, 'no SameSite (which means Lax) and the POST comes from evil.example'],
    ['a form', FORM, EVIL, 'None', null],
    ['a fetch', FETCH, EVIL, 'Strict', 'SameSite=Strict and the request comes from evil.example'],
    ['a fetch', FETCH, EVIL, 'Lax', 'SameSite=Lax and a page of evil.example makes the request in the background'],
    [
      'a fetch',
      FETCH,
      EVIL,
      null,
      'no SameSite (which means Lax) and a page of evil.example makes the request in the background',
    ],
    ['a fetch', FETCH, EVIL, 'None', null],
    ['a form', FORM, 'http://shop.example/', 'Lax', 'SameSite=Lax and the POST comes from http://shop.example'],
    ['a form', FORM, 'https://blog.shop.example/', 'Strict', null],
    ['a fetch', FETCH, 'https://shop.example/', 'Strict', null],
    ['a form', FORM, 'data:text/html,', 'Lax', 'SameSite=Lax and the POST comes from a page of no site'],
  ])('%s (%j) of %s and SameSite %s', (_what, request, from, sameSite, why) => {
    const asked = retrieval('https://shop.example/', { ...request, initiator: new URL(from) });
    expect(sameSiteEnforcement({ ...COOKIE, sameSite }, asked)).toBe(why);
  });

  test.each<[what: string, request: object, cookie: Partial<CookieState>, goes: boolean]>([
    ['a young cookie with a form', FORM, {}, true],
    ['one just young enough', FORM, { createdAt: NOW - LAX_ALLOWING_UNSAFE_AGE }, true],
    ['an older one', FORM, { createdAt: NOW - LAX_ALLOWING_UNSAFE_AGE - 1 }, false],
    ['an explicit Lax', FORM, { sameSite: 'Lax' }, false],
    ['an explicit Strict', FORM, { sameSite: 'Strict' }, false],
    ['a request in the background', { method: 'POST', navigation: false }, {}, false],
  ])('Lax-allowing-unsafe and %s', (_what, request, cookie, goes) => {
    const asked = retrieval('https://shop.example/', { ...request, initiator: new URL(EVIL), laxAllowingUnsafe: true });
    expect(sameSiteEnforcement({ ...COOKIE, ...cookie }, asked) === null).toBe(goes);
  });
});

test('the first rule that objects is the one that is told', () => {
  const cookie = { ...COOKIE, secure: true, path: '/app', expiresAt: NOW - 1 };
  expect(whyKeptBack(cookie, retrieval('http://evil.example/'))).toBe('it expired');
  expect(whyKeptBack({ ...cookie, expiresAt: null }, retrieval('http://shop.example/'))).toContain('/app');
});

test.each<[request: object, from: string | null, sameSite: CookieState['sameSite'], why: string]>([
  [LINK, null, 'Strict', 'host, path and scheme match'],
  [FETCH, 'https://shop.example/', null, 'host, path and scheme match'],
  [LINK, EVIL, 'Lax', "host, path and scheme match; SameSite=Lax goes along when another site's link opens a page"],
  [
    LINK,
    EVIL,
    null,
    "host, path and scheme match; no SameSite (which means Lax) goes along when another site's link opens a page",
  ],
  [
    FORM,
    EVIL,
    null,
    "host, path and scheme match; no SameSite (which means Lax) goes along with any page that opens in a cookie's first two minutes",
  ],
  [FORM, EVIL, 'None', 'host, path and scheme match; SameSite=None goes along from any site'],
])('%j from %s takes SameSite %s along', (request, from, sameSite, why) => {
  const initiator = from === null ? null : new URL(from);
  const asked = retrieval('https://shop.example/', { ...request, initiator, laxAllowingUnsafe: true });
  expect(whyKeptBack({ ...COOKIE, sameSite }, asked)).toBeNull();
  expect(whySent({ ...COOKIE, sameSite }, asked)).toBe(why);
});
