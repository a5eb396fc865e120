/** Contexts: a frame of a page, and a form that is sent into one. */
import type { Context, Hop } from './contexts.ts';
import { blog, chain, evil, hostName, otherPort, plainEvil, plainShop, shop, third } from './parts.ts';

const ways = ['frame', 'form into a frame'] as const;

export const framed: Context[] = [shop, blog, evil, plainShop].flatMap((from) =>
  [shop, blog, otherPort, evil, plainShop, plainEvil].flatMap((at) =>
    ways.map((how): Context => ({ name: `${hostName(from)}: ${how} to ${hostName(at)}`, from, how, hops: [{ at }] })),
  ),
);

const routes = [
  [shop, shop],
  [shop, evil],
  [evil, shop],
  [shop, evil, shop],
  [evil, third, shop],
  [shop, plainShop],
];

export const framedAfterRedirect: Context[] = [shop, evil].flatMap((from) =>
  routes.flatMap((route) =>
    ways.flatMap((how) =>
      (how === 'frame' ? [302] : [302, 307]).map((status): Context => {
        const hops = route.map((at, index) => ({ at, ...(index < route.length - 1 && { status }) }));
        const name = `${hostName(from)}: ${how}, ${status}, ${chain(hops)}`;
        return { name, from, how, hops: hops as unknown as [Hop, ...Hop[]] };
      }),
    ),
  ),
);
