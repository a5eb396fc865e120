/** Contexts: a fetch() with mode "no-cors". */
import { referrerPolicies } from '../../../server/lab/browser/referrer.ts';
import type { Context, Hop } from './contexts.ts';
import { blog, chain, evil, hostName, open, plainEvil, plainShop, shop, third } from './parts.ts';

const json = { 'Content-Type': 'application/json' };

const ways: (Pick<Context, 'method' | 'body' | 'headers'> & { what: string })[] = [
  { what: 'GET' },
  { what: 'GET with X-Custom', headers: { 'X-Custom': '1', Authorization: 'Basic YTpi' } },
  { what: 'HEAD', method: 'HEAD' },
  { what: 'POST of a text', method: 'POST', body: 'a text' },
  { what: 'POST of JSON', method: 'POST', body: '{}', headers: json },
  {
    ...{ what: 'POST of a form', method: 'POST', body: 'a=1' },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Custom': '1' },
  },
  { what: 'PUT', method: 'PUT', body: 'a text' },
];

export const noCors: Context[] = [shop, evil].flatMap((from) =>
  [shop, blog, evil, plainShop, plainEvil].flatMap((at) =>
    ways.map(
      ({ what, ...way }): Context => ({
        name: `${hostName(from)}: no-cors ${what} to ${hostName(at)}`,
        ...{ from, how: 'fetch', mode: 'no-cors', ...way, hops: [{ at }] },
      }),
    ),
  ),
);

const routes = [
  [shop, shop],
  [shop, evil],
  [evil, shop],
  [shop, evil, shop],
  [evil, third, shop],
  [blog, shop],
  [shop, plainShop],
];

export const noCorsAfterRedirect: Context[] = [shop, evil].flatMap((from) =>
  routes.flatMap((route) =>
    [
      { method: 'GET', status: 302 },
      { method: 'POST', status: 302, body: 'a text' },
      { method: 'POST', status: 307, body: '{}', headers: json },
    ].map(({ status, ...way }): Context => {
      const hops = route.map((at, index) => ({ at, ...(index < route.length - 1 && { status }) }));
      return {
        name: `${hostName(from)}: no-cors ${way.method}, ${status}, ${chain(hops)}`,
        ...{ from, how: 'fetch', mode: 'no-cors', ...way, hops: hops as unknown as [Hop, ...Hop[]] },
      };
    }),
  ),
);

export const noCorsCredentials: Context[] = (['include', 'same-origin', 'omit'] as const).flatMap((credentials) =>
  [{}, open].flatMap((headers) =>
    [shop, evil].map(
      (from): Context => ({
        name: `${hostName(from)}: no-cors, credentials ${credentials}, ${headers === open ? 'CORS allows all' : 'no CORS'}`,
        ...{
          from,
          how: 'fetch',
          mode: 'no-cors',
          method: 'POST',
          body: 'a',
          credentials,
          hops: [{ at: shop, headers }],
        },
      }),
    ),
  ),
);

export const noCorsPolicies: Context[] = referrerPolicies.flatMap((policy) =>
  [shop, evil, plainShop].map(
    (at): Context => ({
      name: `policy ${policy}: no-cors POST to ${hostName(at)}`,
      ...{ from: shop, policy, how: 'fetch', mode: 'no-cors', method: 'POST', body: 'a', hops: [{ at }] },
    }),
  ),
);
