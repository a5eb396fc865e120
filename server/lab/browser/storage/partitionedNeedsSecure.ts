import type { Arrival } from './arrival.ts';

/** CHIPS, draft-cutler-httpbis-partitioned-cookies section 2.1. */
export function partitionedNeedsSecure({ cookie }: Arrival): string | null {
  return cookie.partitioned && !cookie.secure ? 'Partitioned without Secure is refused' : null;
}
