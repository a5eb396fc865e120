import type { Arrival } from './arrival.ts';

/** RFC 6265bis section 5.7 step 2. One of the two may be empty: `=value` and `name=` are cookies. */
export function emptyCookie({ cookie }: Arrival): string | null {
  return cookie.name === '' && cookie.value === '' ? 'it has neither a name nor a value' : null;
}
