import type { Arrival } from './arrival.ts';

/** RFC 6265bis section 5.7 step 19. */
export function sameSiteNoneNeedsSecure({ cookie }: Arrival): string | null {
  return cookie.sameSite === 'None' && !cookie.secure ? 'SameSite=None without Secure is refused' : null;
}
