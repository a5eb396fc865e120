import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Shop } from './app.ts';
import { type Services, signingSecret } from './services.ts';

/**
 * The token that a page of ours sends along with what it changes. It is computed from the session's id, so it needs no place
 * in the session, is new whenever the id is, and another session's token is of no use.
 */
export function csrfToken(services: Services, sid: string): string {
  return createHmac('sha256', signingSecret(services)).update(`csrf:${sid}`).digest('base64url');
}

/** The token that the answer to this request takes along, for the page's script to send with what it changes. */
export function csrfTokenFor(shop: Shop, req: Request): string | undefined {
  return csrfToken(shop, req.sessionID);
}

export function isCsrfToken(services: Services, sid: string, given: string | undefined): boolean {
  const expected = Buffer.from(csrfToken(services, sid));
  const actual = Buffer.from(given ?? '');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
