import { describe, expect, test } from 'vitest';
import type { RequestContext } from '../requestContext.ts';
import { type Arrival, arrive, type StorageRule } from './arrival.ts';
import { controlCharacters } from './controlCharacters.ts';
import { cookieNamePrefixes } from './cookieNamePrefixes.ts';
import { cookieSize } from './cookieSize.ts';
import { domainAttribute } from './domainAttribute.ts';
import { emptyCookie } from './emptyCookie.ts';
import { httpOnlyFromScript } from './httpOnlyFromScript.ts';
import { leaveSecureCookiesAlone } from './leaveSecureCookiesAlone.ts';
import { namelessCookie } from './namelessCookie.ts';
import { partitionedNeedsSecure } from './partitionedNeedsSecure.ts';
import { publicSuffix } from './publicSuffix.ts';
import { sameSiteNoneNeedsSecure } from './sameSiteNoneNeedsSecure.ts';
import { sameSiteOnStorage } from './sameSiteOnStorage.ts';
import { secureFromNonSecure } from './secureFromNonSecure.ts';
import { whyRefused } from './whyRefused.ts';

const HTTPS = 'https://shop.example/';
const HTTP = 'http://shop.example/';

/** A page that somebody opened by typing its address. */
function visit(url: string): RequestContext {
  return { url: new URL(url), method: 'GET', initiator: null, navigation: true };
}

function arrival(header: string, url: string, more: Partial<Pick<Arrival, 'context' | 'api' | 'jar'>> = {}): Arrival {
  return arrive({ header, context: visit(url), api: 'http', jar: [], ...more }, Date.now());
}

type Row = [header: string, url: string, why: string | null];

function titleOf([header, url, why]: Row): string {
  return `${JSON.stringify(header).slice(0, 60)} from ${url}: ${why === null ? 'no objection' : why}`;
}

const RULES: [name: string, rule: StorageRule, rows: Row[]][] = [
  [
    'emptyCookie',
    emptyCookie,
    [
      ['=', HTTPS, 'it has neither a name nor a value'],
      ['', HTTPS, 'it has neither a name nor a value'],
      [' ; Secure', HTTPS, 'it has neither a name nor a value'],
      ['sid=', HTTPS, null],
      ['=1', HTTPS, null],
    ],
  ],
  [
    'controlCharacters',
    controlCharacters,
    [
      ['sid=a\0b', HTTPS, 'it contains a control character'],
      ['sid=a\r\nSet-Cookie: b=1', HTTPS, 'it contains a control character'],
      ['s\x7fid=1', HTTPS, 'it contains a control character'],
      ['sid=1; Path=/\x01', HTTPS, 'it contains a control character'],
      ['sid=a\tb', HTTPS, null],
      ['sid=\x80\xff', HTTPS, null],
    ],
  ],
  [
    'cookieSize',
    cookieSize,
    [
      [`sid=${'x'.repeat(4093)}`, HTTPS, null],
      [`sid=${'x'.repeat(4094)}`, HTTPS, 'name and value are 4097 octets long, a browser takes at most 4096'],
      [`${'x'.repeat(4097)}=`, HTTPS, 'name and value are 4097 octets long, a browser takes at most 4096'],
      [`sid=1; Path=/${'x'.repeat(5000)}`, HTTPS, null],
    ],
  ],
  [
    'publicSuffix',
    publicSuffix,
    [
      ['sid=1; Domain=example', HTTPS, "Domain=example is a public suffix: it would reach everybody's sites"],
      ['sid=1; Domain=co.uk', 'https://a.co.uk/', "Domain=co.uk is a public suffix: it would reach everybody's sites"],
      [
        'sid=1; Domain=co.uk.',
        'https://a.co.uk./',
        "Domain=co.uk. is a public suffix: it would reach everybody's sites",
      ],
      [
        'sid=1; Domain=amazonaws.com',
        'https://shop.s3.amazonaws.com/',
        "Domain=amazonaws.com lies above a public suffix: it would reach everybody's sites",
      ],
      ['sid=1; Domain=shop.s3.amazonaws.com', 'https://shop.s3.amazonaws.com/', null],
      ['sid=1; Domain=amazonaws.com', 'https://www.amazonaws.com/', null],
      ['sid=1; Domain=shop.example', 'https://-a.shop.example/', null],
      ['sid=1; Domain=shop.example', HTTPS, null],
      ['sid=1; Domain=github.io', 'https://github.io/', null],
      ['sid=1', 'http://localhost/', null],
    ],
  ],
  [
    'domainAttribute',
    domainAttribute,
    [
      ['sid=1; Domain=evil.example', HTTPS, 'Domain=evil.example does not cover shop.example, which sent it'],
      ['sid=1; Domain=blog.shop.example', HTTPS, 'Domain=blog.shop.example does not cover shop.example, which sent it'],
      ['sid=1; Domain=hop.example', HTTPS, 'Domain=hop.example does not cover shop.example, which sent it'],
      ['sid=1; Domain=0.0.1', 'http://127.0.0.1/', 'Domain=0.0.1 does not cover 127.0.0.1, which sent it'],
      ['sid=1; Domain=.', HTTPS, 'its Domain is a dot and no name'],
      ['sid=1; Domain=sh\xf6p.example', HTTPS, 'its Domain has characters outside ASCII that are no name in UTF-8'],
      ['sid=1; Domain=shop.example\xa0', HTTPS, 'its Domain has characters outside ASCII that are no name in UTF-8'],
      ['sid=1; Domain=sh\xc3\xb6p.example', 'https://xn--shp-tna.example/', null],
      ['sid=1; Domain=::1', 'http://[::1]/', 'Domain=::1 does not cover [::1], which sent it'],
      ['sid=1; Domain=[::1]', 'http://[::1]/', null],
      ['sid=1; Domain=.SHOP.example', 'https://blog.shop.example/', null],
      ['sid=1; Domain=127.0.0.1', 'http://127.0.0.1/', null],
      ['sid=1; Domain=', HTTPS, null],
    ],
  ],
  [
    'secureFromNonSecure',
    secureFromNonSecure,
    [
      ['sid=1; Secure', HTTP, 'a Secure cookie over http is refused'],
      ['sid=1; Secure', HTTPS, null],
      ['sid=1', HTTP, null],
      ['sid=1; Secure', 'http://localhost:3000/', null],
      ['sid=1; Secure', 'http://127.0.0.1/', null],
      ['sid=1; Secure', 'http://[::1]/', null],
      ['sid=1; Secure', 'http://localhost.shop.example/', 'a Secure cookie over http is refused'],
    ],
  ],
  [
    'sameSiteNoneNeedsSecure',
    sameSiteNoneNeedsSecure,
    [
      ['sid=1; SameSite=None', HTTPS, 'SameSite=None without Secure is refused'],
      ['sid=1; SameSite=None; Secure', HTTPS, null],
      ['sid=1; SameSite=bogus', HTTPS, null],
      ['sid=1', HTTPS, null],
    ],
  ],
  [
    'partitionedNeedsSecure',
    partitionedNeedsSecure,
    [
      ['sid=1; Partitioned', HTTPS, 'Partitioned without Secure is refused'],
      ['sid=1; Partitioned; Secure', HTTPS, null],
    ],
  ],
  [
    'cookieNamePrefixes',
    cookieNamePrefixes,
    [
      ['__Secure-sid=1', HTTPS, 'a __Secure- name needs Secure'],
      ['__sEcUrE-sid=1', HTTPS, 'a __Secure- name needs Secure'],
      ['__Secure-sid=1; Secure; Domain=shop.example', HTTPS, null],
      ['__Host-sid=1; Secure; Path=/', HTTPS, null],
      ['__HOST-sid=1; Secure; Path=/', HTTPS, null],
      ['__host-sid=1; Path=/', HTTPS, 'a __Host- name needs Secure, Path=/ and no Domain'],
      ['__Host-sid=1; Secure', HTTPS, 'a __Host- name needs Secure, Path=/ and no Domain'],
      ['__Host-sid=1; Secure; Path=/app', HTTPS, 'a __Host- name needs Secure, Path=/ and no Domain'],
      ['__Host-sid=1; Secure; Path=/; Domain=shop.example', HTTPS, 'a __Host- name needs Secure, Path=/ and no Domain'],
      ['__Http-sid=1; Secure', HTTPS, 'a __Http- name needs Secure and HttpOnly'],
      ['__Http-sid=1; Secure; HttpOnly', HTTPS, null],
      ['__Host-Http-sid=1; Secure; Path=/', HTTPS, 'a __Host-Http- name needs Secure, HttpOnly, Path=/ and no Domain'],
      ['__Host-Http-sid=1; Secure; Path=/; HttpOnly', HTTPS, null],
      ['sid__Host-=1', HTTPS, null],
    ],
  ],
  [
    'namelessCookie',
    namelessCookie,
    [
      ['=__Host-sid', HTTPS, 'it has no name and its value would pass for a cookie that has one'],
      ['__secure-sid', HTTPS, 'it has no name and its value would pass for a cookie that has one'],
      ['=sid=1', HTTPS, 'it has no name and its value would pass for a cookie that has one'],
      ['=1', HTTPS, null],
      ['sid=__Host-sid=1', HTTPS, null],
    ],
  ],
];

describe.each(RULES)('%s', (_name, rule, rows) => {
  test.each(rows.map((row) => [titleOf(row), row] as const))('%s', (_title, [header, url, why]) => {
    expect(rule(arrival(header, url))).toBe(why);
    // A rule that objects alone must be heard among all; where another one objects first, the cookie is refused as well.
    if (why !== null) expect(whyRefused(arrival(header, url))).not.toBeNull();
  });
});

describe('httpOnlyFromScript', () => {
  const jar = [arrival('sid=1; HttpOnly', HTTPS).cookie];
  test.each<[header: string, api: 'http' | 'script', why: string | null]>([
    ['theme=dark', 'script', null],
    ['theme=dark; HttpOnly', 'script', 'a script cannot set an HttpOnly cookie'],
    ['sid=2', 'script', 'a script cannot overwrite the HttpOnly cookie sid'],
    ['sid=; Max-Age=0', 'script', 'a script cannot overwrite the HttpOnly cookie sid'],
    ['sid=2; Path=/app', 'script', null],
    ['sid=2', 'http', null],
    ['sid=2; HttpOnly', 'http', null],
  ])('%j by %s: %s', (header, api, why) => {
    expect(httpOnlyFromScript(arrival(header, HTTPS, { api, jar }))).toBe(why);
    expect(whyRefused(arrival(header, HTTPS, { api, jar }))).toBe(why);
  });
});

describe('leaveSecureCookiesAlone', () => {
  const OF_SHOP = 'over http it may not cover the Secure cookie sid of exactly shop.example';
  const OF_ALL = 'over http it may not cover the Secure cookie sid of shop.example and its subdomains';
  const BLOG = 'http://blog.shop.example/';
  test.each<[existing: string, header: string, url: string, why: string | null]>([
    ['sid=1; Secure', 'sid=2', HTTP, OF_SHOP],
    ['sid=1; Secure', 'sid=; Max-Age=0', HTTP, OF_SHOP],
    ['sid=1; Secure', 'sid=2; Domain=shop.example', BLOG, OF_SHOP],
    ['sid=1; Secure; Domain=shop.example', 'sid=2', BLOG, OF_ALL],
    // Domain-match looks at the two domains only, whether or not the Secure cookie is host-only.
    ['sid=1; Secure', 'sid=2', BLOG, OF_SHOP],
    ['sid=1; Secure; Path=/login', 'sid=2; Path=/login/en', HTTP, OF_SHOP],
    ['sid=1; Secure; Path=/login', 'sid=2; Path=/', HTTP, null],
    ['sid=1; Secure; Path=/login', 'sid=2; Path=/foo', HTTP, null],
    ['sid=1; Secure', 'sid=2', HTTPS, null],
    ['sid=1; Secure', 'sid=2', 'http://evil.example/', null],
    ['sid=1; Secure', 'SID=2', HTTP, null],
    ['sid=1', 'sid=2', HTTP, null],
  ])('with %j, %j from %s: %s', (existing, header, url, why) => {
    const jar = [arrival(existing, HTTPS).cookie];
    expect(leaveSecureCookiesAlone(arrival(header, url, { jar }))).toBe(why);
    expect(whyRefused(arrival(header, url, { jar }))).toBe(why);
  });
});

describe('sameSiteOnStorage', () => {
  const EVIL = 'https://evil.example/';
  test.each<[header: string, initiator: string | null, navigation: boolean, why: string | null]>([
    // fetch('https://shop.example/', { credentials: 'include' })
    [
      'sid=1',
      EVIL,
      false,
      'no SameSite (which means Lax), and a page of evil.example made the request in the background',
    ],
    ['sid=1; SameSite=Lax', EVIL, false, 'SameSite=Lax, and a page of evil.example made the request in the background'],
    [
      'sid=1; SameSite=Strict',
      HTTP,
      false,
      'SameSite=Strict, and a page of http://shop.example made the request in the background',
    ],
    ['sid=1; SameSite=None; Secure', EVIL, false, null],
    // <a href="https://shop.example/">
    ['sid=1; SameSite=Strict', EVIL, true, null],
    ['sid=1; SameSite=Strict', 'https://blog.shop.example/', false, null],
    ['sid=1; SameSite=Strict', null, true, null],
  ])('%j after a request by %s, navigation %s: %s', (header, initiator, navigation, why) => {
    const context = { ...visit(HTTPS), initiator: initiator === null ? null : new URL(initiator), navigation };
    expect(sameSiteOnStorage(arrival(header, HTTPS, { context }))).toBe(why);
    expect(whyRefused(arrival(header, HTTPS, { context }))).toBe(why);
  });
});

test('what no rule objects to is let in', () => {
  expect(whyRefused(arrival('sid=1; Path=/; HttpOnly; Secure; SameSite=Lax', HTTPS))).toBeNull();
});
