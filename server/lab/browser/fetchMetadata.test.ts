import { expect, test } from 'vitest';
import { fetchMetadata } from './fetchMetadata.ts';

const SHOP = 'https://shop.example/';
const BLOG = 'https://blog.shop.example/';
const EVIL = 'https://evil.example/';
const PLAIN = 'http://shop.example/';

// Compared with Chromium 156, all but two: the form from https to http, before which it warns, and this machine.
test.each<[what: string, initiator: string | null, method: string, url: string, navigation: boolean, expected: string]>(
  [
    ['a typed address', null, 'GET', SHOP, true, 'site none, mode navigate, user ?1, dest document'],
    ['a link at home', SHOP, 'GET', SHOP, true, 'site same-origin, mode navigate, dest document'],
    ['a link from a sibling', BLOG, 'GET', SHOP, true, 'site same-site, mode navigate, dest document'],
    ['a link from elsewhere', EVIL, 'GET', SHOP, true, 'site cross-site, mode navigate, dest document'],
    ['a link from http', PLAIN, 'GET', SHOP, true, 'site cross-site, mode navigate, dest document'],
    ['a form at home', SHOP, 'POST', SHOP, true, `origin ${SHOP}, site same-origin, mode navigate, dest document`],
    [
      'a form from elsewhere',
      EVIL,
      'POST',
      SHOP,
      true,
      `origin ${EVIL}, site cross-site, mode navigate, dest document`,
    ],
    ['a fetch at home', SHOP, 'GET', SHOP, false, 'site same-origin, mode cors, dest empty'],
    ['a posting fetch at home', SHOP, 'POST', SHOP, false, `origin ${SHOP}, site same-origin, mode cors, dest empty`],
    ['a fetch from a sibling', BLOG, 'GET', SHOP, false, `origin ${BLOG}, site same-site, mode cors, dest empty`],
    ['a fetch from elsewhere', EVIL, 'GET', SHOP, false, `origin ${EVIL}, site cross-site, mode cors, dest empty`],
    ['a typed http address', null, 'GET', PLAIN, true, ''],
    ['a form at home over http', PLAIN, 'POST', PLAIN, true, `origin ${PLAIN}`],
    ['a form from https to http', SHOP, 'POST', PLAIN, true, 'origin null'],
    [
      'http on this machine',
      null,
      'GET',
      'http://localhost:3000/',
      true,
      'site none, mode navigate, user ?1, dest document',
    ],
  ],
)('the headers of %s', (_what, initiator, method, url, navigation, expected) => {
  const headers = fetchMetadata({
    url: new URL(url),
    method,
    initiator: initiator ? new URL(initiator) : null,
    navigation,
  });
  const told = headers.map(([name, value]) => `${name.toLowerCase().replace('sec-fetch-', '')} ${value}`).join(', ');
  expect(told).toBe(expected.replace(/\/(?=,|$)/, ''));
});

test('an image of another site’s page tells no origin', () => {
  const context = { url: new URL(SHOP), method: 'GET', initiator: new URL(EVIL), navigation: false };
  expect(Object.fromEntries(fetchMetadata({ ...context, asImage: true }))).toEqual({
    'Sec-Fetch-Site': 'cross-site',
    'Sec-Fetch-Mode': 'no-cors',
    'Sec-Fetch-Dest': 'image',
  });
});
