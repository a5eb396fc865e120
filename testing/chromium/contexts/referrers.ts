/** Contexts: the Referrer-Policy of the page and of redirects. */

import { referrerPolicies } from '../../../server/lab/browser/referrer.ts';
import type { Context } from './contexts.ts';
import { chain, evil, hostName, open, plainShop, shop, wayName } from './parts.ts';

const policies = [...referrerPolicies, 'not-a-policy'];

export const referrers: Context[] = policies.flatMap((policy) =>
  [shop, evil, plainShop].flatMap((at) =>
    [{ how: 'link' as const }, { how: 'form' as const }, { how: 'fetch' as const, method: 'POST', body: 'a' }].map(
      (way): Context => ({
        ...{ name: `policy ${policy}: ${wayName(way)} to ${hostName(at)}`, from: shop, policy, ...way },
        hops: [{ at, headers: open }],
      }),
    ),
  ),
);

export const referrersAfterRedirect: Context[] = ['no-referrer', 'unsafe-url', 'same-origin', 'origin'].flatMap(
  (policy) =>
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
