/** The request contexts that are compared with Chromium: origin × target × method × mode × redirect, and what CORS says to each. */
import type { Context, Hop } from './contexts.ts';

const shop = 'https://shop.example';
const blog = 'https://blog.shop.example';
const otherPort = 'https://shop.example:8443';
const plainShop = 'http://shop.example';
const evil = 'https://evil.example';
const third = 'https://third.example';
const plainEvil = 'http://evil.example';

/** The hosts whose cookies both browsers have. */
export const hosts = [shop, blog, evil, third];

const open = { 'Access-Control-Allow-Origin': '$origin', 'Access-Control-Allow-Credentials': 'true' };
const openToAll = {
  ...open,
  'Access-Control-Allow-Methods': 'PUT, DELETE, PATCH',
  'Access-Control-Allow-Headers': 'X-Custom, Content-Type, Authorization',
};

const hostName = (origin: string) => origin.replace('https://', '').replace('.example', '');
const chain = (hops: readonly Hop[]) => hops.map(({ at }) => hostName(at)).join(' → ');

/** Each way in which a page causes a request. */
const ways: Pick<Context, 'how' | 'method' | 'body' | 'headers'>[] = [
  { how: 'link' },
  { how: 'form' },
  { how: 'image' },
  { how: 'fetch' },
  { how: 'fetch', method: 'HEAD' },
  { how: 'fetch', method: 'POST', body: 'a text' },
  { how: 'fetch', method: 'PUT', body: '{}', headers: { 'Content-Type': 'application/json' } },
];

const wayName = ({ how, method }: (typeof ways)[number]) => (method === undefined ? how : `${how} ${method}`);

const pages = [shop, blog, evil, plainShop];
const targets = [shop, blog, otherPort, evil, plainShop, plainEvil];

const product: Context[] = pages.flatMap((from) =>
  targets.flatMap((at) =>
    ways.map(
      (way): Context => ({
        name: `${hostName(from)}: ${wayName(way)} to ${hostName(at)}`,
        from,
        ...way,
        hops: [{ at, headers: openToAll }],
      }),
    ),
  ),
);

const typed: Context[] = targets.map((at) => ({
  name: `typed ${hostName(at)}`,
  from: null,
  how: 'typed',
  hops: [{ at }],
}));

const routes: Hop['at'][][] = [
  [shop, shop],
  [shop, evil],
  [shop, blog],
  [evil, shop],
  [evil, third],
  [shop, evil, shop],
  [shop, blog, shop],
  [evil, evil, shop],
  [evil, third, shop],
  [evil, shop, evil],
  [blog, shop],
  [shop, plainShop],
  [shop, plainShop, shop],
  [plainShop, shop],
];

const redirected: Context[] = [shop, evil, null].flatMap((from) =>
  routes.flatMap((route) =>
    (from === null ? [{ how: 'typed' as const }] : ways).flatMap((way): Context[] => {
      const statuses = way.how === 'form' ? [302, 307] : [302];
      return statuses.map((status) => {
        const hops = route.map((at, index) => ({
          at,
          headers: openToAll,
          ...(index < route.length - 1 && { status }),
        }));
        const name = `${from === null ? 'typed' : hostName(from)}: ${wayName(way)}, ${status}, ${chain(hops)}`;
        return { name, from, ...way, hops: hops as unknown as Context['hops'] };
      });
    }),
  ),
);

const methodsAfterRedirect: Context[] = [301, 302, 303, 307, 308].flatMap((status) =>
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].map(
    (method): Context => ({
      name: `${method} after ${status}`,
      from: shop,
      how: 'fetch',
      method,
      ...(method !== 'GET' && method !== 'HEAD' && { body: 'a text' }),
      hops: [{ at: shop, status }, { at: shop }],
    }),
  ),
);

const permissions: [string, Record<string, string>][] = [
  ['nothing', {}],
  ['the origin', { 'Access-Control-Allow-Origin': '$origin' }],
  ['the origin and credentials', open],
  ['*', { 'Access-Control-Allow-Origin': '*' }],
  ['* and credentials', { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' }],
  ['another origin', { ...open, 'Access-Control-Allow-Origin': third }],
  ['the origin with a slash', { ...open, 'Access-Control-Allow-Origin': `${evil}/` }],
  ['the origin in capitals', { ...open, 'Access-Control-Allow-Origin': 'https://EVIL.example' }],
  ['two origins', { ...open, 'Access-Control-Allow-Origin': `${evil}, ${third}` }],
  ['null', { ...open, 'Access-Control-Allow-Origin': 'null' }],
  ['credentials in capitals', { ...open, 'Access-Control-Allow-Credentials': 'TRUE' }],
];

const read: Context[] = permissions.flatMap(([what, headers]) =>
  (['include', 'same-origin', 'omit'] as const).map(
    (credentials): Context => ({
      ...{ name: `CORS allows ${what}, credentials ${credentials}`, from: evil, how: 'fetch', credentials },
      hops: [{ at: shop, headers }],
    }),
  ),
);

/** A redirect that CORS must allow as well, and what comes after it. */
const readAfterRedirect: Context[] = [shop, evil].flatMap((from) =>
  [
    [shop, evil],
    [evil, shop],
    [shop, evil, shop],
    [evil, shop, evil],
    [third, shop],
  ].flatMap((route) =>
    (
      [
        ['the first hop', [open, {}, {}]],
        ['the last hop', route.map((_, index) => (index === route.length - 1 ? open : {}))],
        ['every hop', [open, open, open]],
        ['every hop to null', [open, open, open].map((one) => ({ ...one, 'Access-Control-Allow-Origin': 'null' }))],
        ['every hop to *', [0, 1, 2].map(() => ({ 'Access-Control-Allow-Origin': '*' }))],
      ] as [string, Record<string, string>[]][]
    ).flatMap(([allowed, fields]) =>
      (['include', 'same-origin'] as const).map((credentials): Context => {
        const hops = route.map((at, index) => ({
          at,
          headers: fields[index]!,
          ...(index < route.length - 1 && { status: 302 }),
        }));
        const name = `${hostName(from)}: ${chain(hops)} allowed by ${allowed}, credentials ${credentials}`;
        return { name, from, how: 'fetch', credentials, hops: hops as unknown as Context['hops'] };
      }),
    ),
  ),
);

/** What needs a preflight, as far as headers and methods decide. Nothing allows it, so what is sent after it shows that it was not needed. */
const needsPreflight: Context[] = (
  [
    ['GET', {}],
    ['HEAD', {}],
    ['POST', {}],
    ['PUT', {}],
    ['DELETE', {}],
    ['PATCH', {}],
    ['patch', {}],
    ['OPTIONS', {}],
    ['GET', { Accept: 'text/html' }],
    ['GET', { Accept: `text/${'x'.repeat(123)}` }],
    ['GET', { Accept: `text/${'x'.repeat(124)}` }],
    ['GET', { Accept: 'text/"html"' }],
    ['GET', { Accept: 'text/(html)' }],
    ['GET', { 'Accept-Language': 'de-DE, en;q=0.5' }],
    ['GET', { 'Accept-Language': 'de_DE' }],
    ['GET', { 'Content-Language': 'en' }],
    ['GET', { 'Content-Language': 'e:n' }],
    ['GET', { Range: 'bytes=0-10' }],
    ['GET', { Range: 'bytes=0-' }],
    ['GET', { Range: 'bytes=-10' }],
    ['GET', { Range: 'bytes=0-1,3-4' }],
    ['GET', { 'Content-Type': 'text/plain' }],
    ['GET', { 'Content-Type': 'application/json' }],
    ['POST', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['POST', { 'Content-Type': 'TEXT/PLAIN' }],
    ['POST', { 'Content-Type': 'text/plain ; a=b' }],
    ['POST', { 'Content-Type': 'text/plain, application/json' }],
    ['POST', { 'Content-Type': 'text/plainer' }],
    ['POST', { 'Content-Type': 'text/plain;charset="utf-8"' }],
    ['POST', { 'Content-Type': 'multipart/form-data; boundary=a' }],
    ['POST', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['POST', { 'Content-Type': 'application/json' }],
    ['POST', { 'Content-Type': `text/plain; a=${'x'.repeat(120)}` }],
    ['GET', { Authorization: 'Basic YQ==' }],
    ['GET', { 'X-Custom': '1' }],
    ['GET', { 'X-Custom': '1', 'A-Custom': '2', Accept: 'text/html' }],
    ['GET', { 'Cache-Control': 'no-cache' }],
    ['GET', { 'Save-Data': 'on' }],
    ['GET', { DPR: '2' }],
    ['GET', { 'Last-Event-ID': '1' }],
    ['GET', { 'User-Agent': 'another' }],
    ['GET', { 'Accept-Language': 'a'.repeat(128), 'Content-Language': 'a'.repeat(128), Accept: 'a'.repeat(128) }],
  ] as [string, Record<string, string>][]
).map(([method, headers]) => ({
  name: `preflight for ${method} ${JSON.stringify(headers)}`,
  ...{ from: evil, how: 'fetch' as const, method, headers },
  ...(method === 'POST' && { body: 'a text' }),
  hops: [{ at: shop, headers: open, preflight: { headers: {} } }],
}));

const answersToPreflight: Context[] = [
  ...[200, 204, 226, 300, 301, 302, 304, 307, 401, 403, 404, 500, 503].map(
    (status): Context => ({
      ...{ name: `a preflight answered ${status}`, from: evil, how: 'fetch', method: 'PUT', body: 'a text' },
      hops: [{ at: shop, headers: openToAll, preflight: { status, headers: { ...openToAll, Location: `${shop}/` } } }],
    }),
  ),
  ...(
    [
      ['the method', 'PUT', {}, { 'Access-Control-Allow-Methods': 'PUT' }],
      ['the method in small letters', 'PUT', {}, { 'Access-Control-Allow-Methods': 'put' }],
      ['another method', 'PUT', {}, { 'Access-Control-Allow-Methods': 'DELETE' }],
      ['no method', 'PUT', {}, {}],
      [
        'no method, which POST does not need',
        'POST',
        { 'X-Custom': '1' },
        { 'Access-Control-Allow-Headers': 'x-custom' },
      ],
      ['every method', 'PUT', {}, { 'Access-Control-Allow-Methods': '*' }],
      ['the header in capitals', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': 'X-CUSTOM' }],
      ['another header', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': 'X-Other' }],
      ['every header', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': '*' }],
      ['every header, Authorization not', 'GET', { Authorization: 'a' }, { 'Access-Control-Allow-Headers': '*' }],
      ['Authorization and *', 'GET', { Authorization: 'a' }, { 'Access-Control-Allow-Headers': '*, authorization' }],
      ['a list that is malformed', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': 'X-Custom, a b' }],
      ['a list with empty items', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': ', X-Custom,,' }],
      [
        'methods that are malformed',
        'GET',
        { 'X-Custom': '1' },
        { 'Access-Control-Allow-Headers': 'X-Custom', 'Access-Control-Allow-Methods': 'a b' },
      ],
      [
        'JSON by Content-Type',
        'POST',
        { 'Content-Type': 'application/json' },
        { 'Access-Control-Allow-Headers': 'content-type' },
      ],
    ] as [string, string, Record<string, string>, Record<string, string>][]
  ).flatMap(([what, method, headers, allowed]) =>
    (['include', 'omit'] as const).map(
      (credentials): Context => ({
        ...{
          name: `a preflight allows ${what}, credentials ${credentials}`,
          from: evil,
          how: 'fetch',
          method,
          headers,
          credentials,
        },
        ...(method === 'POST' && { body: '{}' }),
        hops: [{ at: shop, headers: open, preflight: { headers: { ...open, ...allowed } } }],
      }),
    ),
  ),
];

const policies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
  'not-a-policy',
];
const referrers: Context[] = policies.flatMap((policy) =>
  [shop, evil, plainShop].flatMap((at) =>
    [{ how: 'link' as const }, { how: 'form' as const }, { how: 'fetch' as const, method: 'POST', body: 'a' }].map(
      (way): Context => ({
        ...{ name: `policy ${policy}: ${wayName(way)} to ${hostName(at)}`, from: shop, policy, ...way },
        hops: [{ at, headers: open }],
      }),
    ),
  ),
);
const referrersAfterRedirect: Context[] = ['no-referrer', 'unsafe-url', 'same-origin', 'origin'].flatMap((policy) =>
  [
    [shop, shop, evil],
    [shop, evil, evil],
    [evil, shop, shop],
  ].flatMap((route) =>
    [{ how: 'link' as const }, { how: 'form' as const }, { how: 'fetch' as const }].map((way): Context => {
      const hops = route.map((at, index) => ({
        at,
        headers: { ...open, 'Referrer-Policy': policy },
        ...(index < route.length - 1 && { status: 307 }),
      }));
      return {
        name: `a redirect says ${policy}: ${wayName(way)}, ${chain(hops)}`,
        from: shop,
        ...way,
        hops: hops as unknown as Context['hops'],
      };
    }),
  ),
);

export const everyContext: readonly Context[] = [
  ...product,
  ...typed,
  ...redirected,
  ...methodsAfterRedirect,
  ...read,
  ...readAfterRedirect,
  ...needsPreflight,
  ...answersToPreflight,
  ...referrers,
  ...referrersAfterRedirect,
];
