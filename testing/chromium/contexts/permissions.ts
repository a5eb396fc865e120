/** Contexts: what CORS allows to read, on each hop. */

import type { Context } from './contexts.ts';
import { chain, evil, hostName, open, shop, third } from './parts.ts';

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

export const read: Context[] = permissions.flatMap(([what, headers]) =>
  (['include', 'same-origin', 'omit'] as const).map(
    (credentials): Context => ({
      ...{ name: `CORS allows ${what}, credentials ${credentials}`, from: evil, how: 'fetch', credentials },
      hops: [{ at: shop, headers }],
    }),
  ),
);

/** A redirect that CORS must allow as well, and what comes after it. */
export const readAfterRedirect: Context[] = [shop, evil].flatMap((from) =>
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
