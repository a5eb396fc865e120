/** Vectors: Secure, prefixes of names, and what may replace what. */
import { blog, headers, plainShop, shop } from './parts.ts';
import type { Setting, Vector } from './vectors.ts';

const both = [`${shop}/`, `${plainShop}/`];

const secure = [
  `${plainShop}/`,
  'http://localhost/',
  'http://app.localhost/',
  'http://127.0.0.1/',
  'http://127.1.2.3/',
  'http://[::1]/',
  'http://0.0.0.0/',
  'http://192.168.0.1/',
  'http://localhost.example/',
  'http://localhost./',
  'https://192.0.2.1/',
].flatMap((at) =>
  headers(
    [
      'a=b; Secure',
      'a=b; SameSite=None; Secure',
      'a=b; SameSite=None',
      '__Secure-a=b; Secure',
      '__Host-a=b; Secure; Path=/',
      'a=b; Secure; Partitioned',
    ],
    at,
    [at, at.replace('http:', 'https:')],
  ),
);

const names = [
  '__Secure-a',
  '__Host-a',
  '__Http-a',
  '__Host-Http-a',
  '__secure-a',
  '__HOST-a',
  '__host-HTTP-a',
  '__HTTP-a',
  '__Secure-',
  '__Host-',
  '__Host',
  '__Hosta',
  ' __Host-a',
  '__Host -a',
  '_Host-a',
  '__Secure-__Host-a',
  '__Http-Host-a',
  '__Host-Secure-a',
];

const prefixes = names.flatMap((name) =>
  headers(
    [
      '',
      '; Secure',
      '; Path=/',
      '; Secure; Path=/',
      '; Secure; Path=/; HttpOnly',
      '; Secure; Path=/; Domain=shop.example',
      '; Secure; Path=/; Domain=',
      '; Secure; Path=/app',
      '; Secure; HttpOnly',
      '; Secure; HttpOnly; Domain=shop.example',
      '; Secure; Path=/; Path=',
      '; Secure; Path=/; Max-Age=0',
    ].map((attributes) => `${name}=b${attributes}`),
  ),
);

const prefixesBelow = [
  '__Host-a=b; Secure',
  '__Host-a=b; Secure; Path=/',
  '__Secure-a=b; Secure',
  '__Host-a=b; Secure; Path=/app',
].flatMap((header) => headers([header], `${shop}/app/x`));

const nameless = headers(
  [
    '__Secure-a',
    '=__Host-a',
    '=__Secure-a=b',
    '= __Host-a',
    '=__hOsT-a',
    '=__Http-a',
    '=__Host-Http-a',
    '__Host-',
    '=__Host',
    '=_Host-a',
    '=a__Host-',
    '=\t__Host-a',
    '="__Host-a"',
    '==__Host-a',
    '=x=__Host-a',
  ].flatMap((text) => [`${text}; Secure; Path=/`, text]),
);

/** What is there first, over https, and what comes then. */
const alone: [first: string, then: Setting][] = [
  ...[
    'a=2',
    'a=2; Secure',
    'a=2; Path=/',
    'a=2; Path=/app',
    'a=2; Path=/app/x',
    'a=2; Domain=shop.example',
    'a=; Max-Age=0',
    'a=2; Max-Age=60; HttpOnly',
    'A=2',
    'b=2',
  ].flatMap((then): [string, Setting][] =>
    ['a=1; Secure', 'a=1; Secure; Path=/app', 'a=1; Secure; Domain=shop.example', 'a=1; HttpOnly', 'a=1'].map(
      (first) => [first, { at: `${plainShop}/app/`, cookies: [then] }],
    ),
  ),
  ['a=1; Secure', { at: 'http://blog.shop.example/', cookies: ['a=2; Domain=shop.example'] }],
  ['a=1; Secure; Domain=shop.example', { at: 'http://blog.shop.example/', cookies: ['a=2'] }],
  ['a=1; Secure', { at: 'http://blog.shop.example/', cookies: ['a=2'] }],
  ['a=1; Secure', { at: 'http://shop.example:8080/', cookies: ['a=2'] }],
  ['=1; Secure', { at: `${plainShop}/`, cookies: ['=2'] }],
  ['a=1; Secure; Max-Age=0', { at: `${plainShop}/`, cookies: ['a=2'] }],
  ['a=1; Secure; Partitioned', { at: `${plainShop}/`, cookies: ['a=2'] }],
  ['a=1; SameSite=Strict', { at: `${shop}/`, cookies: ['a=2; SameSite=None; Secure'] }],
  ['a=1; HttpOnly', { at: `${shop}/`, cookies: ['a=2'] }],
  ['a=1', { at: `${shop}/`, cookies: ['a=2; HttpOnly'] }],
];

const leftAlone = alone.map(([first, then]): Vector => {
  const next = 'write' in then ? then.write : `${then.cookies[0]} from ${then.at}`;
  return {
    name: `a cookie is set, ${first}, then ${next}`,
    sets: [{ at: `${shop}/app/`, cookies: [first] }, then],
    asks: [`${shop}/app/x`, `${plainShop}/app/x`, `${blog}/`],
  };
});

const local = ['a=2', 'a=2; Secure'].map(
  (then): Vector => ({
    name: `on localhost, after a Secure cookie: ${then}`,
    sets: [
      { at: 'http://localhost:3000/', cookies: ['a=1; Secure'] },
      { at: 'http://localhost:4000/', cookies: [then] },
    ],
    asks: ['http://localhost:3000/', 'https://localhost/'],
  }),
);

const overHttp = headers(['a=b', 'a=b; HttpOnly', 'a=b; SameSite=Strict', 'a=b; SameSite=Lax'], `${plainShop}/`, both);

const statuses = [200, 201, 400, 401, 403, 404, 410, 418, 429, 500, 503].map(
  (status): Vector => ({
    name: `a response ${status} sets a cookie`,
    sets: [{ at: `${shop}/`, status, cookies: ['a=b'] }],
    asks: [`${shop}/`],
  }),
);

const clocks = [-525_600, -600, -60, 60, 600].flatMap((clock) =>
  [
    'a=b; Expires=$DD $MON $YYYY 12:00:00',
    'a=b; Max-Age=6000',
    'a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'a=b; Max-Age=0',
  ].map(
    (header): Vector => ({
      name: `the clock of the server is wrong by ${clock} min: ${header}`,
      sets: [{ at: `${shop}/`, cookies: [header], clock }],
      asks: [`${shop}/`],
    }),
  ),
);

export const securing: Vector[] = [
  ...secure,
  ...prefixes,
  ...prefixesBelow,
  ...nameless,
  ...leftAlone,
  ...local,
  ...overHttp,
  ...statuses,
  ...clocks,
];
