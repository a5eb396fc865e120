/** Visits: cookies of redirects and of errors, partitions, and addresses of every form in Location. */
import { back, blog, evil, form, link, plainShop, redirect, shop, visit } from './parts.ts';
import type { Act, Target, Visit } from './visits.ts';

const setting = (cookie: string, more: Omit<Target, 'at' | 'headers'> = {}) => ({
  ...more,
  headers: { 'Set-Cookie': cookie },
});

/** Each status may set a cookie, also where the response leads elsewhere. */
const statuses: Visit[] = [301, 302, 303, 307, 308, 400, 401, 403, 404, 429, 500, 503].flatMap((status): Visit[] =>
  (['visit', 'form', 'fetch'] as const).map((how) => ({
    name: `a ${how} that is answered ${status} sets a cookie`,
    acts: [
      visit(`${shop}/`),
      {
        do: how,
        to: {
          at: `${shop}/from`,
          status,
          headers: { 'Set-Cookie': 'a=b; Path=/', ...(status < 400 && { Location: '/next' }) },
        },
      },
      visit(`${shop}/after`),
    ],
  })),
);

const withoutContent: Visit[] = [
  { how: 'link', status: 204 } as const,
  { how: 'form', status: 204 } as const,
  { how: 'fetch', status: 304 } as const,
].map(({ how, status }) => ({
  name: `a ${how} that is answered ${status} sets a cookie`,
  acts: [
    visit(`${shop}/`),
    { do: how, to: { at: `${shop}/from`, status, headers: { 'Set-Cookie': 'a=b; Path=/' } } },
    visit(`${shop}/after`),
  ],
}));

/** A redirect sets a cookie, which goes along with the request that follows. */
const onTheWay: Visit[] = (['visit', 'link', 'form', 'image', 'fetch'] as const).flatMap((how) =>
  ['SameSite=Strict; Secure', 'SameSite=None; Secure', 'Secure'].flatMap((kind) =>
    [shop, evil].map(
      (from): Visit => ({
        name: `from ${from} a ${how} is redirected within the shop by a response with a cookie, ${kind}`,
        acts: [
          visit(`${from}/`),
          {
            do: how,
            to: {
              at: `${shop}/from`,
              status: 302,
              headers: {
                Location: '/next',
                'Set-Cookie': `a=b; Path=/; ${kind}`,
                'Access-Control-Allow-Origin': from,
                'Access-Control-Allow-Credentials': 'true',
              },
            },
          },
        ],
      }),
    ),
  ),
);

/** Where a form goes after each status, and with which method. */
const formsRedirected: Visit[] = [301, 302, 303, 307, 308].flatMap((status) =>
  [`${shop}/next`, `${evil}/next`, `${plainShop}/next`].map((to) => ({
    name: `a form is redirected to ${to} with ${status}`,
    acts: [visit(`${shop}/`), form(`${shop}/from`, redirect(to, status))],
  })),
);

/** In bytes, as Node sends them. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

const moreLocations: Visit[] = [
  utf8('/café'),
  '/caf\xe9',
  utf8('/next?x=é'),
  '/next?x=\xe9',
  '/caf%C3%A9',
  '/%zz',
  '/a%20b',
  '/a\tb',
  '\t/next',
  '/next ',
  '/a"b',
  '/a<b>',
  '/a\\b',
  '/a^b`c',
  '/a{b}',
  "/a'b",
  '/next?a b',
  "/next?a'b",
  '/next?a|b',
  '/next#a b',
  '.',
  './next',
  '../next',
  '../../../next',
  '/a/./b/../c',
  '/%2e%2e/next',
  ';next',
  'next:80',
  '//',
  '///evil.example/next',
  '////evil.example/next',
  '/\\evil.example/next',
  'https:next',
  'https:/next',
  'https:///evil.example/next',
  'http:evil.example/next',
  'HTTPS://shop.example/next',
  'https://shop.example:443/next',
  'https://shop.example:/next',
  'https://evil.example?next',
  'https://evil.example#next',
  'https://%65vil.example/next',
  'https://shop.example:x/',
  'https://evil.example:65536/',
  'https://name@evil.example/next',
  'https://shop.example@evil.example/next',
  'ws://evil.example/next',
  'wss://evil.example/next',
  'blob:https://shop.example/x',
  'view-source:https://shop.example/next',
  'chrome://version',
  'JavaScript:alert(1)',
  'unknown:next',
].flatMap((location): Visit[] =>
  (['visit', 'fetch'] as const).map((how) => ({
    name: `${how}: redirected to ${JSON.stringify(location)}`,
    acts: [visit(`${shop}/`), { do: how, to: { at: `${shop}/from/here`, ...redirect(location) } }],
  })),
);

const partitioned = setting('p=1; Secure; SameSite=None; Partitioned; Path=/');
const open = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
});
const fetched = (at: string, headers = {}): Act => ({ do: 'fetch', to: { at, headers } });

const partitions: Visit[] = (
  [
    ['set on the window', [visit(`${shop}/`, partitioned), visit(`${shop}/next`), fetched(`${shop}/x`)]],
    [
      'and a subdomain',
      [visit(`${shop}/`, setting('p=1; Secure; Partitioned; Domain=shop.example')), visit(`${blog}/`)],
    ],
    [
      'and a fetch of another site',
      [visit(`${shop}/`, partitioned), visit(`${evil}/`), fetched(`${shop}/x`, open(evil))],
    ],
    [
      'and an image of another site',
      [visit(`${shop}/`, partitioned), visit(`${evil}/`), { do: 'image', to: { at: `${shop}/x` } }],
    ],
    ['and a link of another site', [visit(`${shop}/`, partitioned), visit(`${evil}/`), link(`${shop}/x`)]],
    ['and a form of another site', [visit(`${shop}/`, partitioned), visit(`${evil}/`), form(`${shop}/x`)]],
    [
      'and a fetch of the same site',
      [visit(`${shop}/`, partitioned), visit(`${blog}/`), fetched(`${shop}/x`, open(blog))],
    ],
    [
      'set by a fetch of another site',
      [
        visit(`${evil}/`),
        fetched(`${shop}/x`, { ...open(evil), ...partitioned.headers }),
        fetched(`${shop}/y`, open(evil)),
        visit(`${shop}/`),
        visit(`${evil}/next`),
        { do: 'image', to: { at: `${shop}/z` } },
      ],
    ],
    [
      'set by an image of another site',
      [
        visit(`${evil}/`),
        { do: 'image', to: { at: `${shop}/x`, ...partitioned } },
        fetched(`${shop}/y`, open(evil)),
        visit(`${shop}/`),
      ],
    ],
    [
      'and Clear-Site-Data of the window',
      [
        visit(`${shop}/`, partitioned),
        visit(`${evil}/`),
        { do: 'image', to: { at: `${shop}/x`, ...partitioned } },
        visit(`${shop}/`, { headers: { 'Clear-Site-Data': '"cookies"' } }),
      ],
    ],
    [
      'and Clear-Site-Data in another page',
      [
        visit(`${shop}/`, partitioned),
        visit(`${shop}/`, setting('a=1; SameSite=None; Secure')),
        visit(`${evil}/`),
        { do: 'image', to: { at: `${shop}/x`, ...partitioned } },
        { do: 'image', to: { at: `${shop}/y`, headers: { 'Clear-Site-Data': '"cookies"' } } },
        visit(`${shop}/next`),
      ],
    ],
    ['over http and then https', [visit(`${plainShop}/`, partitioned), visit(`${shop}/`)]],
    [
      'and a page of http',
      [visit(`${shop}/`, partitioned), visit(`${plainShop}/`), fetched(`${shop}/x`, open(plainShop))],
    ],
  ] as [string, Act[]][]
).map(([what, acts]) => ({ name: `a Partitioned cookie ${what}`, acts }));

const downloads: Visit[] = (
  [
    ['an attachment', { 'Content-Disposition': 'attachment' }],
    ['an attachment with a name', { 'Content-Disposition': 'attachment; filename="a.html"' }],
    ['ATTACHMENT', { 'Content-Disposition': 'ATTACHMENT' }],
    ['inline', { 'Content-Disposition': 'inline; filename="a.html"' }],
    ['nothing known', { 'Content-Disposition': 'unknown' }],
  ] as [string, Record<string, string>][]
).map(([what, headers]) => ({
  name: `a response that says it is ${what}, then Back`,
  acts: [visit(`${shop}/one`), visit(`${shop}/two`), link(`${shop}/file`, { headers }), back],
}));

const backsOverRedirects: Visit[] = (
  [
    ['a redirect', [visit(`${shop}/one`), link(`${shop}/from`, redirect('/two')), link(`${shop}/three`)]],
    [
      'a redirect through another site',
      [visit(`${shop}/one`), link(`${evil}/from`, redirect('https://shop.example/two')), link(`${shop}/three`)],
    ],
    ['two pages', [visit(`${shop}/one`), link(`${shop}/two`), link(`${shop}/three`), back]],
    [
      'a form that was redirected',
      [visit(`${shop}/one`), form(`${shop}/from`, redirect('/two', 303)), link(`${shop}/three`)],
    ],
    [
      'a form that was sent on',
      [visit(`${shop}/one`), form(`${shop}/from`, redirect('/two', 307)), link(`${shop}/three`)],
    ],
    ['a page after an error', [visit(`${shop}/one`), link(`${shop}/two`, { status: 500 }), link(`${shop}/three`)]],
  ] as [string, Act[]][]
).map(([what, acts]) => ({ name: `Back over ${what}`, acts: [...acts, back] }));

export const answered: Visit[] = [
  ...statuses,
  ...withoutContent,
  ...onTheWay,
  ...formsRedirected,
  ...moreLocations,
  ...partitions,
  ...downloads,
  ...backsOverRedirects,
];
