import { expect, test } from 'vitest';
import { createHsts, parsePolicy } from './hsts.ts';

const year = 'max-age=31536000';

test.each<[string, number, boolean]>([
  ['max-age=60', 60, false],
  ['max-age=60; includeSubDomains', 60, true],
  ['INCLUDESUBDOMAINS;MAX-AGE=60', 60, true],
  ['max-age="60"', 60, false],
  ['; max-age = 60 ;; ', 60, false],
  ['max-age=0', 0, false],
  // A directive that a browser does not know.
  ['max-age=60; preload; report="https://shop.example"', 60, false],
])('%s is valid', (header, seconds, subdomains) => {
  expect(parsePolicy(header)).toEqual({ seconds, subdomains });
});

test.each([
  '',
  'includeSubDomains',
  'max-age',
  'max-age=',
  'max-age=-1',
  'max-age=1.5',
  'max-age=a year',
  'max-age=60, includeSubDomains',
  'max-age=60; max-age=60',
  'max-age=60; includeSubDomains; includesubdomains',
  'max-age=60; includeSubDomains=yes',
  'max-age="60',
])('"%s" is malformed, so a browser ignores it', (header) => {
  expect(parsePolicy(header)).toBeNull();
});

/** Asks for the second URL in a browser that got the header from the first one. */
function requested(from: string, header: string, url: string): string {
  const hsts = createHsts();
  hsts.notice(new URL(from), header);
  return hsts.upgrade(new URL(url)).href;
}

test.each([
  ['the host', year, 'http://shop.example/me?a#b', 'https://shop.example/me?a#b'],
  ['the host in capitals and with a dot at its end', year, 'http://SHOP.example./', 'https://shop.example./'],
  ['another port', year, 'http://shop.example:8080/', 'https://shop.example:8080/'],
  ['port 80', year, 'http://shop.example:80/', 'https://shop.example/'],
  ['a subdomain', year, 'http://www.shop.example/', 'http://www.shop.example/'],
  ['a subdomain', `${year}; includeSubDomains`, 'http://a.www.shop.example/', 'https://a.www.shop.example/'],
  ['a name that only ends the same', `${year}; includeSubDomains`, 'http://myshop.example/', 'http://myshop.example/'],
  ['the parent domain', `${year}; includeSubDomains`, 'http://example/', 'http://example/'],
  ['the host, after a malformed header', 'max-age', 'http://shop.example/', 'http://shop.example/'],
  ['the host, the first of two headers', `${year}\nmax-age=0`, 'http://shop.example/', 'https://shop.example/'],
])('%s with %s: %s becomes %s', (_, header, url, expected) => {
  expect(requested('https://shop.example/', header, url)).toBe(expected);
});

test.each([
  ['plain http', 'http://shop.example/'],
  ['an IPv4 address', 'https://127.0.0.1/'],
  ['an IPv6 address', 'https://[::1]/'],
])('the header from %s is ignored', (_, from) => {
  const url = from.replace('https:', 'http:');
  expect(requested(from, `${year}; includeSubDomains`, url)).toBe(url);
});

test('max-age=0 ends a policy, and a later header replaces an earlier one', () => {
  const hsts = createHsts();
  const shop = new URL('https://shop.example/');
  const asked = (url: string) => hsts.upgrade(new URL(url)).protocol;
  hsts.notice(shop, `${year}; includeSubDomains`);
  expect(asked('http://www.shop.example/')).toBe('https:');
  hsts.notice(shop, year);
  expect(asked('http://www.shop.example/')).toBe('http:');
  expect(asked('http://shop.example/')).toBe('https:');
  // The policy of a host ends only when the host itself says so.
  hsts.notice(new URL('https://www.shop.example/'), 'max-age=0');
  expect(asked('http://shop.example/')).toBe('https:');
  hsts.notice(shop, 'max-age=0');
  expect(asked('http://shop.example/')).toBe('http:');
});

test('a policy expires, after a jump in time as well, and each response renews it', () => {
  const hsts = createHsts();
  const shop = new URL('https://shop.example/');
  const asked = () => hsts.upgrade(new URL('http://shop.example/')).protocol;
  hsts.notice(shop, 'max-age=60');
  hsts.age(59_000);
  expect(asked()).toBe('https:');
  hsts.notice(shop, 'max-age=60');
  hsts.age(59_000);
  expect(asked()).toBe('https:');
  hsts.age(1_000);
  expect(asked()).toBe('http:');
});
