import { describe, expect, test } from 'vitest';
import type { RequestContext } from '../requestContext.ts';
import { identityOf } from './cookie.ts';
import { lifetimeLimit, type Receipt, receiveCookie } from './storage.ts';

const now = Date.UTC(2030, 0, 1);
const https = 'https://shop.example/';
const http = 'http://shop.example/';

/** A person types the address. */
function visit(url: string): RequestContext {
  return { url: new URL(url), method: 'GET', initiator: null, navigation: true };
}

function receive(header: string, url: string, more: Partial<Receipt> = {}) {
  return receiveCookie({ header, request: visit(url), api: 'http', jar: new Map(), now, ...more });
}

function jarWith(header: string): Receipt['jar'] {
  const { cookie } = receive(header, https);
  return new Map([[identityOf(cookie), cookie]]);
}

/** The reason to refuse the cookie, or null. */
function whyRefused(header: string, url: string, more: Partial<Receipt> = {}): string | null {
  const { outcome, why } = receive(header, url, more).received;
  return outcome === 'refused' ? why : null;
}

describe('the cookie that a header describes', () => {
  test.each<[url: string, header: string, expected: object]>([
    ['https://shop.example/', 'sid=1', { domain: 'shop.example', hostOnly: true, path: '/' }],
    ['https://blog.shop.example/', 'sid=1; Domain=shop.example', { domain: 'shop.example', hostOnly: false }],
    ['https://github.io/', 'sid=1; Domain=github.io', { domain: 'github.io', hostOnly: true }],
    ['http://localhost/', 'sid=1; Domain=localhost', { domain: 'localhost', hostOnly: true }],
    ['http://127.0.0.1/', 'sid=1; Domain=127.0.0.1', { domain: '127.0.0.1', hostOnly: true }],
    ['http://[::1]/', 'sid=1', { domain: '[::1]', hostOnly: true }],
    ['http://[::1]/', 'sid=1; Domain=[::1]', { domain: '[::1]', hostOnly: true }],
    ['https://co.uk./', 'sid=1; Domain=co.uk.', { domain: 'co.uk.', hostOnly: true }],
    ['https://shop.example/', 'sid=1; Domain=example; Domain=', { domain: 'shop.example', hostOnly: true }],
    ['https://shop.example/app', 'sid=1', { path: '/' }],
    ['https://shop.example/app/', 'sid=1', { path: '/app' }],
    ['https://shop.example/app/me?x=/y/z', 'sid=1', { path: '/app' }],
    ['https://shop.example/app/me', 'sid=1; Path=/', { path: '/' }],
    ['https://shop.example/caf%C3%A9/me', 'sid=1', { path: '/caf%C3%A9' }],
    [
      'https://shop.example/',
      'sid=1',
      { sameSite: null, secure: false, httpOnly: false, expiresAt: null, createdAt: now },
    ],
    [
      'https://shop.example/',
      'sid=1; SameSite=none; Secure; Partitioned',
      { sameSite: 'None', partition: 'https://shop.example' },
    ],
  ])('%s sets %j', (url, header, expected) => {
    expect(receive(header, url).cookie).toMatchObject(expected);
  });

  const lifetimes: [attributes: string, expiresAt: number | null][] = [
    ['', null],
    ['Max-Age=60', now + 60_000],
    ['Expires=Tue, 01 Jan 2030 01:00:00 GMT', now + 3_600_000],
    ['Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', now + 60_000],
    ['Expires=Tue, 01 Jan 2030 01:00:00 GMT; Max-Age=0', 0],
    ['Max-Age=-1', 0],
    ['Max-Age=soon', null],
    ['Max-Age=34560000', now + lifetimeLimit],
    ['Max-Age=34560001', now + lifetimeLimit],
    [`Max-Age=${'9'.repeat(400)}`, now + lifetimeLimit],
    ['Expires=Fri, 31 Dec 9999 23:59:59 GMT', now + lifetimeLimit],
    ['Expires=Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ];
  test.each(lifetimes.map((row) => [row[0].slice(0, 60), row] as const))(
    'expires: %s',
    (_, [attributes, expiresAt]) => {
      expect(receive(`sid=1; ${attributes}`, https).cookie.expiresAt).toBe(expiresAt);
    },
  );

  test('lives at most 400 days, which are 34,560,000 seconds', () => {
    expect(lifetimeLimit).toBe(34_560_000_000);
  });
});

type Row = [header: string, url: string, why: string | null];

const rules: [rule: string, rows: Row[]][] = [
  [
    'step 2, an empty cookie',
    [
      ['=', https, 'it has neither a name nor a value'],
      ['', https, 'it has neither a name nor a value'],
      [' ; Secure', https, 'it has neither a name nor a value'],
      ['sid=', https, null],
      ['=1', https, null],
    ],
  ],
  [
    'step 3, control characters',
    [
      ['sid=a\0b', https, 'it contains a control character'],
      ['sid=a\r\nSet-Cookie: b=1', https, 'it contains a control character'],
      ['s\x7fid=1', https, 'it contains a control character'],
      ['sid=1; Path=/\x01', https, 'it contains a control character'],
      ['sid=a\tb', https, 'it contains a tab inside a name or a value'],
      ['s\tid=1', https, 'it contains a tab inside a name or a value'],
      ['sid=1; Max-Age=1\t0', https, 'it contains a tab inside a name or a value'],
      ['sid=1; no\tattribute', https, 'it contains a tab inside a name or a value'],
      ['\tsid\t=\t1\t;\tPath\t=\t/\t', https, null],
      ['sid=\x80\xff', https, null],
    ],
  ],
  [
    'step 4, the size of a cookie',
    [
      [`sid=${'x'.repeat(4093)}`, https, null],
      [`sid=${'x'.repeat(4094)}`, https, 'its name and value are 4097 bytes long, and a browser accepts at most 4096'],
      [`${'x'.repeat(4097)}=`, https, 'its name and value are 4097 bytes long, and a browser accepts at most 4096'],
      [`sid=1; Path=/${'x'.repeat(5000)}`, https, null],
    ],
  ],
  [
    'steps 7 and 8, a Domain that is not a name',
    [
      ['sid=1; Domain=.', https, 'its Domain is only a dot'],
      ['sid=1; Domain=.', 'http://localhost./', 'its Domain is only a dot'],
      ['sid=1; Domain=', https, null],
      ['sid=1; Domain=sh\xf6p.example', https, 'its Domain is neither ASCII nor a name in UTF-8'],
      ['sid=1; Domain=\xf6', https, 'its Domain is neither ASCII nor a name in UTF-8'],
      ['sid=1; Domain=shop.example\xa0', https, 'its Domain is neither ASCII nor a name in UTF-8'],
      ['sid=1; Domain=sh\xc3\xb6p.example', 'https://xn--shp-tna.example/', null],
    ],
  ],
  [
    'step 9, public suffixes',
    [
      [
        'sid=1; Domain=example',
        https,
        'Domain=example is a public suffix, so every site below it would get the cookie',
      ],
      [
        'sid=1; Domain=co.uk',
        'https://a.co.uk/',
        'Domain=co.uk is a public suffix, so every site below it would get the cookie',
      ],
      [
        'sid=1; Domain=co.uk.',
        'https://a.co.uk./',
        'Domain=co.uk. is a public suffix, so every site below it would get the cookie',
      ],
      [
        'sid=1; Domain=amazonaws.com',
        'https://shop.s3.amazonaws.com/',
        'Domain=amazonaws.com is above a public suffix, so every site below it would get the cookie',
      ],
      ['sid=1; Domain=shop.s3.amazonaws.com', 'https://shop.s3.amazonaws.com/', null],
      ['sid=1; Domain=amazonaws.com', 'https://www.amazonaws.com/', null],
      ['sid=1; Domain=shop.example', 'https://-a.shop.example/', null],
      ['sid=1; Domain=shop.example', https, null],
      ['sid=1; Domain=github.io', 'https://github.io/', null],
      ['sid=1', 'http://localhost/', null],
    ],
  ],
  [
    'step 10, the Domain and the host',
    [
      ['sid=1; Domain=evil.example', https, 'Domain=evil.example does not cover shop.example, which set it'],
      ['sid=1; Domain=blog.shop.example', https, 'Domain=blog.shop.example does not cover shop.example, which set it'],
      ['sid=1; Domain=hop.example', https, 'Domain=hop.example does not cover shop.example, which set it'],
      ['sid=1; Domain=0.0.1', 'http://127.0.0.1/', 'Domain=0.0.1 does not cover 127.0.0.1, which set it'],
      ['sid=1; Domain=::1', 'http://[::1]/', 'Domain=::1 does not cover [::1], which set it'],
      ['sid=1; Domain=[::1]', 'http://[::1]/', null],
      ['sid=1; Domain=.SHOP.example', 'https://blog.shop.example/', null],
      ['sid=1; Domain=127.0.0.1', 'http://127.0.0.1/', null],
    ],
  ],
  [
    'step 13, Secure over http',
    [
      ['sid=1; Secure', http, 'a Secure cookie cannot be set over http'],
      ['sid=1; Secure', https, null],
      ['sid=1', http, null],
      ['sid=1; Secure', 'http://localhost:3000/', null],
      ['sid=1; Secure', 'http://127.0.0.1/', null],
      ['sid=1; Secure', 'http://[::1]/', null],
      ['sid=1; Secure', 'http://localhost.shop.example/', 'a Secure cookie cannot be set over http'],
    ],
  ],
  [
    'step 19, SameSite=None',
    [
      ['sid=1; SameSite=None', https, 'SameSite=None requires Secure'],
      ['sid=1; SameSite=None; Secure', https, null],
      ['sid=1; SameSite=bogus', https, null],
      ['sid=1', https, null],
    ],
  ],
  [
    'steps 20 and 21, prefixes of names',
    [
      ['__Secure-sid=1', https, 'a __Secure- name requires Secure'],
      ['__sEcUrE-sid=1', https, 'a __Secure- name requires Secure'],
      ['__Secure-sid=1; Secure; Domain=shop.example', https, null],
      ['__Host-sid=1; Secure; Path=/', https, null],
      ['__HOST-sid=1; Secure; Path=/', https, null],
      ['__host-sid=1; Path=/', https, 'a __Host- name requires Secure, Path=/ and no Domain'],
      ['__Host-sid=1; Secure', https, 'a __Host- name requires Secure, Path=/ and no Domain'],
      ['__Host-sid=1; Secure; Path=/app', https, 'a __Host- name requires Secure, Path=/ and no Domain'],
      [
        '__Host-sid=1; Secure; Path=/; Domain=shop.example',
        https,
        'a __Host- name requires Secure, Path=/ and no Domain',
      ],
      ['__Http-sid=1; Secure', https, 'a __Http- name requires Secure and HttpOnly'],
      ['__Http-sid=1; Secure; HttpOnly', https, null],
      [
        '__Host-Http-sid=1; Secure; Path=/',
        https,
        'a __Host-Http- name requires Secure, HttpOnly, Path=/ and no Domain',
      ],
      ['__Host-Http-sid=1; Secure; Path=/; HttpOnly', https, null],
      ['sid__Host-=1', https, null],
    ],
  ],
  [
    'step 22, a cookie without a name',
    [
      ['=__Host-sid', https, 'it has no name, and its value looks like a cookie with a name'],
      ['__secure-sid', https, 'it has no name, and its value looks like a cookie with a name'],
      ['=sid=1', https, 'it has no name, and its value looks like a cookie with a name'],
      ['=1', https, null],
      ['sid=__Host-sid=1', https, null],
    ],
  ],
  [
    'Partitioned',
    [
      ['sid=1; Partitioned', https, 'Partitioned requires Secure'],
      ['sid=1; Partitioned; Secure', https, null],
    ],
  ],
  ['no rule', [['sid=1; Path=/; HttpOnly; Secure; SameSite=Lax', https, null]]],
];

function titleOf([header, url, why]: Row): string {
  return `${JSON.stringify(header).slice(0, 60)} from ${url}: ${why ?? 'not refused'}`;
}

describe.each(rules)('%s', (_rule, rows) => {
  test.each(rows.map((row) => [titleOf(row), row] as const))('%s', (_title, [header, url, why]) => {
    expect(whyRefused(header, url)).toBe(why);
  });
});

describe('steps 15 and 23.2, HttpOnly and scripts', () => {
  const jar = jarWith('sid=1; HttpOnly');
  test.each<[header: string, api: 'http' | 'script', why: string | null]>([
    ['theme=dark', 'script', null],
    ['theme=dark; HttpOnly', 'script', 'a script cannot set an HttpOnly cookie'],
    ['sid=2', 'script', 'a script cannot overwrite the HttpOnly cookie sid'],
    ['sid=; Max-Age=0', 'script', 'a script cannot overwrite the HttpOnly cookie sid'],
    ['sid=2; Path=/app', 'script', null],
    ['sid=2', 'http', null],
    ['sid=2; HttpOnly', 'http', null],
  ])('%j by %s: %s', (header, api, why) => {
    expect(whyRefused(header, https, { api, jar })).toBe(why);
  });
});

describe('step 16, leave secure cookies alone', () => {
  const forHost = 'over http it cannot override the Secure cookie sid for exactly shop.example';
  const forDomain = 'over http it cannot override the Secure cookie sid for shop.example and its subdomains';
  const blog = 'http://blog.shop.example/';
  test.each<[existing: string, header: string, url: string, why: string | null]>([
    ['sid=1; Secure', 'sid=2', http, forHost],
    ['sid=1; Secure', 'sid=; Max-Age=0', http, forHost],
    ['sid=1; Secure', 'sid=2; Domain=shop.example', blog, forHost],
    ['sid=1; Secure; Domain=shop.example', 'sid=2', blog, forDomain],
    // The rule compares the two domains only, even if the Secure cookie is host-only.
    ['sid=1; Secure', 'sid=2', blog, forHost],
    ['sid=1; Secure; Path=/login', 'sid=2; Path=/login/en', http, forHost],
    ['sid=1; Secure; Path=/login', 'sid=2; Path=/', http, null],
    ['sid=1; Secure; Path=/login', 'sid=2; Path=/foo', http, null],
    ['sid=1; Secure', 'sid=2', https, null],
    ['sid=1; Secure', 'sid=2', 'http://evil.example/', null],
    ['sid=1; Secure', 'SID=2', http, null],
    ['sid=1', 'sid=2', http, null],
  ])('with %j, %j from %s: %s', (existing, header, url, why) => {
    expect(whyRefused(header, url, { jar: jarWith(existing) })).toBe(why);
  });
});

describe('step 18, SameSite on storage', () => {
  const evil = 'https://evil.example/';
  test.each<[header: string, initiator: string | null, navigation: boolean, why: string | null]>([
    // fetch('https://shop.example/', { credentials: 'include' })
    [
      'sid=1',
      evil,
      false,
      'it has no SameSite (treated as Lax), and a page of evil.example made the request in the background',
    ],
    [
      'sid=1; SameSite=Lax',
      evil,
      false,
      'it has SameSite=Lax, and a page of evil.example made the request in the background',
    ],
    [
      'sid=1; SameSite=Strict',
      http,
      false,
      'it has SameSite=Strict, and a page of http://shop.example made the request in the background',
    ],
    ['sid=1; SameSite=None; Secure', evil, false, null],
    // <a href="https://shop.example/">
    ['sid=1; SameSite=Strict', evil, true, null],
    ['sid=1; SameSite=Strict', 'https://blog.shop.example/', false, null],
    ['sid=1; SameSite=Strict', null, true, null],
  ])('%j after a request by %s, navigation %s: %s', (header, initiator, navigation, why) => {
    const request = { ...visit(https), initiator: initiator === null ? null : new URL(initiator), navigation };
    expect(whyRefused(header, https, { request })).toBe(why);
  });
});
