/** The visits that are compared with Chromium: the Back button, HSTS, Clear-Site-Data, redirects, and what a preflight allows later. */
import type { Act, Target, Visit } from './visits.ts';

const shop = 'https://shop.example';
const blog = 'https://blog.shop.example';
const evil = 'https://evil.example';
const plainShop = 'http://shop.example';

const visit = (at: string, more: Omit<Target, 'at'> = {}): Act => ({ do: 'visit', to: { at, ...more } });
const link = (at: string, more: Omit<Target, 'at'> = {}): Act => ({ do: 'link', to: { at, ...more } });
const form = (at: string, more: Omit<Target, 'at'> = {}): Act => ({ do: 'form', to: { at, ...more } });
const back: Act = { do: 'back' };
const noStore = { headers: { 'Cache-Control': 'no-store' } };
const redirect = (Location: string, status = 302) => ({ status, headers: { Location } });

/** Cookies of both kinds, which show whether a request counts as cross-site. */
const login: Act[] = [
  visit(`${shop}/a`, { headers: { 'Set-Cookie': 'strict=1; SameSite=Strict; Secure; Path=/' } }),
  visit(`${shop}/b`, { headers: { 'Set-Cookie': 'lax=1; SameSite=Lax; Path=/' } }),
];

const backs: Visit[] = (
  [
    ['a typed page', [visit(`${shop}/one`)]],
    ['a typed page with no-store', [visit(`${shop}/one`, noStore)]],
    ['a page with no-cache', [visit(`${shop}/one`, { headers: { 'Cache-Control': 'no-cache' } })]],
    ['a page with max-age=0', [visit(`${shop}/one`, { headers: { 'Cache-Control': 'private, max-age=0' } })]],
    ['an error page', [visit(`${shop}/one`, { status: 404 })]],
    ['a page with no-store that a link of another site led to', [visit(`${evil}/`), link(`${shop}/one`, noStore)]],
    ['a page with no-store that a link of the same site led to', [visit(`${blog}/`), link(`${shop}/one`, noStore)]],
    ['a page with no-store that a link of its own led to', [visit(`${shop}/`), link(`${shop}/one`, noStore)]],
    ['a page that a link of another site led to', [visit(`${evil}/`), link(`${shop}/one`)]],
    ['the answer to a form', [visit(`${shop}/`), form(`${shop}/one`)]],
    ['the answer to a form with no-store', [visit(`${shop}/`), form(`${shop}/one`, noStore)]],
    ['the answer to a form of another site', [visit(`${evil}/`), form(`${shop}/one`)]],
    ['the answer to a form of another site with no-store', [visit(`${evil}/`), form(`${shop}/one`, noStore)]],
    ['a response without content', [visit(`${shop}/one`), visit(`${shop}/x`, { status: 204 })]],
    ['the same page twice', [visit(`${shop}/zero`), visit(`${shop}/one`), link(`${shop}/one`)]],
  ] as [string, Act[]][]
).map(([what, acts]) => ({ name: `Back to ${what}`, acts: [...login, ...acts, visit(`${shop}/two`), back] }));

const locations: Visit[] = [
  '/next',
  'next',
  '?next',
  '//evil.example/next',
  '\\\\evil.example\\next',
  '/a b',
  '/a|b',
  '/../next',
  '/next#there',
  '',
  ' ',
  'http://[',
  'https://shop.example:99999/',
  'https://',
  'javascript:alert(1)',
  'data:text/html,next',
  'file:///etc/passwd',
  'about:blank',
  'mailto:alice@shop.example',
  'ftp://shop.example/',
].flatMap((location): Visit[] =>
  (['visit', 'fetch'] as const).map((how) => ({
    name: `${how}: a redirect to "${location}"`,
    acts: [visit(`${shop}/`), { do: how, to: { at: `${shop}/from/here`, ...redirect(location) } }],
  })),
);

const noRedirects: Visit[] = [300, 304, 305, 306].map((status) => ({
  name: `${status} is no redirect`,
  acts: [visit(`${shop}/`), { do: 'fetch', to: { at: `${shop}/from`, ...redirect('/next', status) } }],
}));

const year = 'max-age=31536000';
const hsts: Visit[] = (
  [
    [year, plainShop],
    [year, 'http://www.shop.example'],
    [year, 'http://shop.example:8080'],
    [year, 'http://shop.example:443'],
    [`${year}; includeSubDomains`, 'http://www.shop.example'],
    [`${year}; includeSubDomains`, 'http://a.www.shop.example'],
    [`${year}; includeSubDomains`, 'http://myshop.example'],
    ['MAX-AGE=60;INCLUDESUBDOMAINS', 'http://www.shop.example'],
    ['max-age="60"', plainShop],
    ['max-age = 60 ; ;', plainShop],
    ['max-age=0', plainShop],
    ['max-age=', plainShop],
    ['max-age', plainShop],
    ['max-age=-1', plainShop],
    ['max-age=1.5', plainShop],
    ['max-age=60; max-age=60', plainShop],
    ['max-age=60; includeSubDomains=yes', plainShop],
    ['max-age=60; includeSubDomains; includeSubDomains', plainShop],
    ['max-age=60; preload; unknown="a;b"', plainShop],
    ['max-age=60; unknown; unknown', plainShop],
    ['max-age=60; unknown="a; max-age=0"', plainShop],
    ['max-age="6\\0"', plainShop],
    ['max-age=60;; ;includeSubDomains', 'http://www.shop.example'],
    ['includeSubDomains; max-age=60', 'http://www.shop.example'],
    ['max-age=60\tincludeSubDomains', plainShop],
    ['unknown=@; max-age=60', plainShop],
    ['max-age=60; unknown=a b', plainShop],
    ['max-age=60; =', plainShop],
    ['max-age=+60', plainShop],
    ['max-age=0x60', plainShop],
    ['max-age=060', plainShop],
    ['max-age=60s', plainShop],
    ['max-age=60, includeSubDomains', plainShop],
    ['includeSubDomains', plainShop],
    ['max-age=60 includeSubDomains', plainShop],
    ['max-age="60', plainShop],
    ["max-age='60'", plainShop],
    ['max-age=60; "unknown"', plainShop],
    ['max-age=99999999999999999999', plainShop],
  ] as [string, string][]
).map(([header, asked]) => ({
  name: `HSTS ${header}: ${asked}`,
  acts: [visit(`${shop}/`, { headers: { 'Strict-Transport-Security': header } }), visit(`${asked}/next`)],
}));

const strict = { headers: { 'Strict-Transport-Security': `${year}; includeSubDomains` } };
const hstsInPages: Visit[] = [
  { name: 'HSTS over http is ignored', acts: [visit(`${plainShop}/`, strict), visit(`${plainShop}/next`)] },
  {
    name: 'HSTS ends',
    acts: [
      visit(`${shop}/`, strict),
      visit(`${shop}/`, { headers: { 'Strict-Transport-Security': 'max-age=0' } }),
      visit(`${plainShop}/next`),
    ],
  },
  {
    name: 'HSTS of a subdomain does not end that of its parent',
    acts: [
      visit(`${shop}/`, strict),
      visit(`${blog}/`, { headers: { 'Strict-Transport-Security': 'max-age=0' } }),
      visit('http://blog.shop.example/next'),
    ],
  },
  {
    name: 'HSTS of a subdomain without its own subdomains',
    acts: [
      visit(`${shop}/`, strict),
      visit(`${blog}/`, { headers: { 'Strict-Transport-Security': year } }),
      visit('http://a.blog.shop.example/next'),
    ],
  },
  {
    name: 'HSTS and a link from http',
    acts: [...login, visit(`${shop}/`, strict), visit('http://evil.example/'), link(`${plainShop}/next`)],
  },
  {
    name: 'HSTS and a link from its own https page to http',
    acts: [...login, visit(`${shop}/`, strict), link(`${plainShop}/next`)],
  },
  {
    name: 'HSTS and a link from another https page to http',
    acts: [...login, visit(`${shop}/`, strict), visit(`${evil}/`), link(`${plainShop}/next`)],
  },
  { name: 'HSTS and a typed address', acts: [...login, visit(`${shop}/`, strict), visit(`${plainShop}/next`)] },
  {
    name: 'HSTS and a form from http',
    acts: [...login, visit(`${shop}/`, strict), visit('http://evil.example/'), form(`${plainShop}/next`)],
  },
  {
    name: 'HSTS and an image on https',
    acts: [...login, visit(`${shop}/`, strict), { do: 'image', to: { at: `${plainShop}/next` } }],
  },
  {
    name: 'HSTS and an image on http',
    acts: [
      ...login,
      visit(`${shop}/`, strict),
      visit('http://evil.example/'),
      { do: 'image', to: { at: `${plainShop}/next` } },
    ],
  },
  {
    name: 'HSTS and a fetch on https',
    acts: [...login, visit(`${shop}/`, strict), { do: 'fetch', to: { at: `${plainShop}/next` } }],
  },
  {
    name: 'HSTS and a fetch on http',
    acts: [
      ...login,
      visit(`${shop}/`, strict),
      visit('http://evil.example/'),
      {
        do: 'fetch',
        to: {
          at: `${plainShop}/next`,
          headers: { 'Access-Control-Allow-Origin': 'http://evil.example', 'Access-Control-Allow-Credentials': 'true' },
        },
      },
    ],
  },
  {
    name: 'HSTS and a fetch on http that needs a preflight',
    acts: [
      ...login,
      visit(`${shop}/`, strict),
      visit('http://evil.example/'),
      {
        do: 'fetch',
        method: 'PUT',
        to: {
          at: `${plainShop}/next`,
          headers: {
            'Access-Control-Allow-Origin': 'http://evil.example',
            'Access-Control-Allow-Credentials': 'true',
            'Access-Control-Allow-Methods': 'PUT',
          },
        },
      },
    ],
  },
  {
    name: 'HSTS and a fetch on its own http page',
    acts: [
      visit(`${plainShop}/`),
      { do: 'fetch', to: { at: `${shop}/`, ...strict } },
      { do: 'fetch', to: { at: `${plainShop}/next` } },
    ],
  },
  {
    name: 'HSTS and a redirect to http',
    acts: [...login, visit(`${shop}/`, strict), visit(`${evil}/`, redirect('http://shop.example/next'))],
  },
];

const someCookies: Act[] = [
  visit(`${shop}/1`, { headers: { 'Set-Cookie': 'own=1' } }),
  visit(`${shop}/2`, { headers: { 'Set-Cookie': 'wide=1; Domain=shop.example' } }),
  visit(`${blog}/3`, { headers: { 'Set-Cookie': 'blog=1' } }),
  visit(`${evil}/4`, { headers: { 'Set-Cookie': 'evil=1' } }),
];
const clear = (value: string) => ({ headers: { 'Clear-Site-Data': value } });
const cleared: Visit[] = [
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

const open = { 'Access-Control-Allow-Origin': 'https://evil.example', 'Access-Control-Allow-Credentials': 'true' };
const put = (at: string, headers: Record<string, string>, more: Partial<Extract<Act, { do: 'fetch' }>> = {}): Act => ({
  ...{
    do: 'fetch',
    method: 'PUT',
    to: { at, headers: { ...open, 'Access-Control-Allow-Methods': 'PUT', ...headers } },
  },
  ...more,
});
const remembered: Visit[] = (
  [
    ['without Access-Control-Max-Age', put(`${shop}/x`, {}), put(`${shop}/x`, {})],
    [
      'for 60 s',
      put(`${shop}/x`, { 'Access-Control-Max-Age': '60' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': '60' }),
    ],
    [
      'for 0 s',
      put(`${shop}/x`, { 'Access-Control-Max-Age': '0' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': '0' }),
    ],
    [
      'for -1 s',
      put(`${shop}/x`, { 'Access-Control-Max-Age': '-1' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': '-1' }),
    ],
    [
      'for a time that is no number',
      put(`${shop}/x`, { 'Access-Control-Max-Age': 'a' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': 'a' }),
    ],
    ['for another address', put(`${shop}/x`, {}), put(`${shop}/y`, {})],
    ['for another header', put(`${shop}/x`, {}), put(`${shop}/x`, {}, { headers: { 'X-A': '1' } })],
    [
      'for a header that was allowed, too',
      put(`${shop}/x`, { 'Access-Control-Allow-Headers': 'X-A' }),
      put(`${shop}/x`, { 'Access-Control-Allow-Headers': 'X-A' }, { headers: { 'X-A': '1' } }),
    ],
    ['with cookies, then without', put(`${shop}/x`, {}), put(`${shop}/x`, {}, { credentials: 'omit' })],
    ['without cookies, then with', put(`${shop}/x`, {}, { credentials: 'omit' }), put(`${shop}/x`, {})],
    ['for another method', put(`${shop}/x`, {}), put(`${shop}/x`, {}, { method: 'DELETE' })],
  ] as [string, Act, Act][]
).map(([what, first, second]) => ({
  name: `a preflight is remembered ${what}`,
  acts: [visit(`${evil}/`), first, second],
}));

const tabs: Visit[] = [
  '\ta=b',
  'a\tx=b',
  'a\t=\tb\t',
  'a=b\tx',
  'a="b\tx"',
  'a=b;\tSecure\t',
  'a=b; Sec\ture',
  'a=b; Path\t=\t/\t',
  'a=b; Path=/\tx',
  'a=b; Max-Age=1\t0',
  'a=b; unknown=x\ty',
  'a=b; Domain=shop\t.example',
  'a=b;\t;',
].map((cookie) => ({
  name: `Set-Cookie: ${JSON.stringify(cookie)}`,
  acts: [visit(`${shop}/`, { headers: { 'Set-Cookie': cookie } })],
}));
const written: Visit[] = ['\0', '\x01', '\t', '\n', '\r', '\x1f', '\x7f'].flatMap((character) =>
  [`a${character}x=b`, `a=b${character}`, `a=b; Path=/${character}`, `a=b; x${character}y`].map((cookie) => ({
    name: `document.cookie = ${JSON.stringify(cookie)}`,
    acts: [visit(`${shop}/`), { do: 'write' as const, cookie }],
  })),
);

export const everyVisit: readonly Visit[] = [
  ...backs,
  ...locations,
  ...noRedirects,
  ...hsts,
  ...hstsInPages,
  ...cleared,
  ...remembered,
  ...tabs,
  ...written,
];
