import { isSameSiteRequest, requestSource } from '../requestContext.ts';
import type { Arrival } from './arrival.ts';

/**
 * RFC 6265bis section 5.7 step 18: another site's page cannot, with a request in the background, change the cookies that
 * SameSite keeps out of such requests. An answer that opens as a page may set any.
 */
export function sameSiteOnStorage({ cookie, context }: Arrival): string | null {
  if (cookie.sameSite === 'None' || isSameSiteRequest(context) || context.navigation) return null;
  const attribute = cookie.sameSite === null ? 'no SameSite (which means Lax)' : `SameSite=${cookie.sameSite}`;
  return `${attribute}, and a page of ${requestSource(context)} made the request in the background`;
}
