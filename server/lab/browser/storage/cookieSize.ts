import type { Arrival } from './arrival.ts';

export const MAX_COOKIE_OCTETS = 4096;

/** RFC 6265bis section 5.6 step 5 and section 5.7 step 4: name and value together, without `=` and attributes. */
export function cookieSize({ cookie }: Arrival): string | null {
  const octets = cookie.name.length + cookie.value.length;
  if (octets <= MAX_COOKIE_OCTETS) return null;
  return `name and value are ${octets} octets long, a browser takes at most ${MAX_COOKIE_OCTETS}`;
}
