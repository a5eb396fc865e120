/** Visits: Clear-Site-Data. */
import { back, blog, evil, plainShop, shop, visit } from './parts.ts';
import type { Act, Visit } from './visits.ts';

const someCookies: Act[] = [
  visit(`${shop}/1`, { headers: { 'Set-Cookie': 'own=1' } }),
  visit(`${shop}/2`, { headers: { 'Set-Cookie': 'wide=1; Domain=shop.example' } }),
  visit(`${blog}/3`, { headers: { 'Set-Cookie': 'blog=1' } }),
  visit(`${evil}/4`, { headers: { 'Set-Cookie': 'evil=1' } }),
];

const clear = (value: string) => ({ headers: { 'Clear-Site-Data': value } });

export const cleared: Visit[] = [
  ...[
    '"cookies"',
    '"*"',
    '"cache", "cookies"',
    '"cache"',
    '"storage"',
    'cookies',
    '*',
    '"Cookies"',
    '"cookies";',
    'x"cookies"',
    '"cookies" "cache"',
    ',"cookies",',
    '"unknown", "cookies"',
    '"cookies',
  ].map(
    (value): Visit => ({
      name: `Clear-Site-Data: ${value}`,
      acts: [...someCookies, visit(`${shop}/clear`, clear(value)), visit(`${shop}/next`)],
    }),
  ),
  { name: 'Clear-Site-Data over http', acts: [...someCookies, visit(`${plainShop}/clear`, clear('"cookies"'))] },
  { name: 'Clear-Site-Data of a subdomain', acts: [...someCookies, visit(`${blog}/clear`, clear('"cookies"'))] },
  {
    name: 'Clear-Site-Data of a redirect',
    acts: [
      ...someCookies,
      visit(`${shop}/clear`, { status: 302, headers: { Location: '/next', 'Clear-Site-Data': '"cookies"' } }),
    ],
  },
  {
    name: 'Clear-Site-Data of an image',
    acts: [...someCookies, visit(`${evil}/`), { do: 'image', to: { at: `${shop}/clear`, ...clear('"cookies"') } }],
  },
  {
    name: 'Clear-Site-Data of a fetch',
    acts: [...someCookies, visit(`${shop}/`), { do: 'fetch', to: { at: `${shop}/clear`, ...clear('"cookies"') } }],
  },
  {
    name: 'Clear-Site-Data of a fetch without credentials',
    acts: [
      ...someCookies,
      visit(`${shop}/`),
      { do: 'fetch', credentials: 'omit', to: { at: `${shop}/clear`, ...clear('"cookies"') } },
    ],
  },
  {
    name: 'Clear-Site-Data of a fetch from another site',
    acts: [...someCookies, visit(`${evil}/`), { do: 'fetch', to: { at: `${shop}/clear`, ...clear('"cookies"') } }],
  },
  {
    name: 'Clear-Site-Data with a cookie',
    acts: [
      ...someCookies,
      visit(`${shop}/clear`, { headers: { 'Clear-Site-Data': '"cookies"', 'Set-Cookie': 'new=1' } }),
    ],
  },
  {
    name: 'Clear-Site-Data of the cache, then Back',
    acts: [visit(`${shop}/one`), visit(`${shop}/two`, clear('"cache"')), back],
  },
  {
    name: 'Clear-Site-Data of the cache of a subdomain, then Back',
    acts: [visit(`${shop}/one`), visit(`${blog}/two`, clear('"cache"')), back],
  },
  {
    name: 'Clear-Site-Data of the cache of another site, then Back',
    acts: [visit(`${shop}/one`), visit(`${evil}/two`, clear('"cache"')), back],
  },
];
