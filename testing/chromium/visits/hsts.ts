/** Visits: Strict-Transport-Security, and what it does to requests. */
import { blog, evil, form, link, login, plainShop, redirect, shop, visit } from './parts.ts';
import type { Visit } from './visits.ts';

const year = 'max-age=31536000';

export const hsts: Visit[] = (
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

export const hstsInPages: Visit[] = [
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
