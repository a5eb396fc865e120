import { expect, test } from 'vitest';
import { fetchMetadata } from './fetchMetadata.ts';

const SHOP = 'https://shop.example/';
const BLOG = 'https://blog.shop.example/';
const EVIL = 'https://evil.example/';
const PLAIN = 'http://shop.example/';

// Compared with Chromium 156, except for two rows: the form from https to http, where it shows a warning, and localhost.
test.each<[what: string, initiator: string | null, method: string, url: string, navigation: boolean, expected: string]>(
  [
    ['a typed address', null, 'GET', SHOP, true, 'site none, mode navigate, user ?1, dest document'],
    ['a link on the same origin', SHOP, 'GET', SHOP, true, 'site same-origin, mode navigate, dest document'],
    ['a link from a sibling host', BLOG, 'GET', SHOP, true, 'site same-site, mode navigate, dest document'],
    ['a link from another site', EVIL, 'GET', SHOP, true, 'site cross-site, mode navigate, dest document'],
    [
      'a link from the http page of the same host',
      PLAIN,
      'GET',
      SHOP,
      true,
      'site cross-site, mode navigate, dest document',
    ],
    [
      'a form on the same origin',
      SHOP,
      'POST',
      SHOP,
      true,
      `origin ${SHOP}, site same-origin, mode navigate, dest document`,
    ],
    [
      'a form from another site',
      EVIL,
      'POST',
      SHOP,
      true,
      `origin ${EVIL}, site cross-site, mode navigate, dest document`,
    ],
    ['a fetch on the same origin', SHOP, 'GET', SHOP, false, 'site same-origin, mode cors, dest empty'],
    [
      'a fetch with POST on the same origin',
      SHOP,
      'POST',
      SHOP,
      false,
      `origin ${SHOP}, site same-origin, mode cors, dest empty`,
    ],
    ['a fetch from a sibling host', BLOG, 'GET', SHOP, false, `origin ${BLOG}, site same-site, mode cors, dest empty`],
    ['a fetch from another site', EVIL, 'GET', SHOP, false, `origin ${EVIL}, site cross-site, mode cors, dest empty`],
    ['a typed http address', null, 'GET', PLAIN, true, ''],
    ['a form on the same origin over http', PLAIN, 'POST', PLAIN, true, `origin ${PLAIN}`],
    ['a form from https to http', SHOP, 'POST', PLAIN, true, 'origin null'],
    [
      'localhost over http',
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
  const sent = headers.map(([name, value]) => `${name.toLowerCase().replace('sec-fetch-', '')} ${value}`).join(', ');
  expect(sent).toBe(expected.replace(/\/(?=,|$)/, ''));
});

test.each(['image', 'style'] as const)('what another site’s page loads as %s sends no Origin', (loadedAs) => {
  const context = { url: new URL(SHOP), method: 'GET', initiator: new URL(EVIL), navigation: false };
  expect(Object.fromEntries(fetchMetadata({ ...context, loadedAs }))).toEqual({
    'Sec-Fetch-Site': 'cross-site',
    'Sec-Fetch-Mode': 'no-cors',
    'Sec-Fetch-Dest': loadedAs,
  });
});
