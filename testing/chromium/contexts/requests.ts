/** Contexts: page × target × method × redirects. */

import type { Context, Hop } from './contexts.ts';
import {
  blog,
  chain,
  evil,
  hostName,
  open,
  openToAll,
  otherPort,
  plainEvil,
  plainShop,
  shop,
  third,
  wayName,
  ways,
} from './parts.ts';

const pages = [shop, blog, evil, plainShop];

const targets = [shop, blog, otherPort, evil, plainShop, plainEvil];

export const product: Context[] = pages.flatMap((from) =>
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

export const typed: Context[] = targets.map((at) => ({
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

export const redirected: Context[] = [shop, evil, null].flatMap((from) =>
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

export const methodsAfterRedirect: Context[] = [301, 302, 303, 307, 308].flatMap((status) =>
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

/** fetch() writes some methods in capitals. Servers refuse the others before the test sees them, so that only a preflight shows them. */
export const methodsInLowerCase: Context[] = [
  ...['get', 'head', 'post', 'put', 'delete', 'options'].flatMap((method) =>
    [shop, evil].map((at) => ({ method, at })),
  ),
  ...['patch', 'Patch'].map((method) => ({ method, at: evil })),
].map(({ method, at }) => ({
  ...{ name: `${method} to ${hostName(at)}`, from: shop, how: 'fetch', method, hops: [{ at }] },
}));

const local = 'http://localhost:3000';

const loopback = 'http://127.0.0.1:3000';

const address = 'http://203.0.113.9';

const secureAddress = 'https://203.0.113.9';

/** Hosts on this machine count as secure, and an address has no site but itself. */
export const machines: Context[] = [shop, local, plainShop, secureAddress].flatMap((from) =>
  [local, 'http://localhost:4000', loopback, 'http://app.localhost:3000', address, secureAddress, shop].flatMap((at) =>
    [ways[0]!, ways[1]!, ways[2]!, ways[3]!, ways[6]!].map(
      (way): Context => ({
        name: `${hostName(from)}: ${wayName(way)} to ${at}`,
        ...{ from, ...way, hops: [{ at, headers: openToAll }] },
      }),
    ),
  ),
);

/** A name and a password in the address of a redirect. */
export const credentialsInAddress: Context[] = [
  [shop, shop],
  [shop, evil],
  [evil, shop],
  [evil, evil],
  [evil, third],
].flatMap(([first, second]) =>
  ([{ how: 'link' }, { how: 'fetch' }, { how: 'image' }] as const).map(
    (way): Context => ({
      ...{ name: `${wayName(way)}, ${hostName(first!)} → name:password@${hostName(second!)}`, from: shop, ...way },
      hops: [
        { at: first!, status: 302, location: 'https://name:password@$host', headers: open },
        { at: second!, headers: open },
      ],
    }),
  ),
);

/** What an image is asked for first decides whether a redirect to http is followed over https. */
export const imagesRedirected: Context[] = [shop, plainShop, local].flatMap((from) =>
  [evil, plainEvil, local, address].flatMap((first) =>
    [local, loopback, 'http://app.localhost:3000', address, plainEvil].map(
      (at): Context => ({
        name: `${hostName(from)}: image, ${first} → ${at} → third`,
        ...{ from, how: 'image', hops: [{ at: first, status: 302 }, { at, status: 302 }, { at: third }] },
      }),
    ),
  ),
);
