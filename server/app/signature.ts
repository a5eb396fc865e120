import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Services, signingSecret } from './services.ts';

/** What a signature is for. A signature for one purpose is worthless for another. */
type Purpose = 'csrf' | 'device' | 'log';

/** Returns the signature of a text, made with the current secret. */
export const sign = (services: Services, purpose: Purpose, text: string): string =>
  signWith(signingSecret(services), purpose, text);

/** Returns whether this is our signature of a text, made with any of our secrets. A rotation invalidates none. */
export function isSignature({ secret }: Services, purpose: Purpose, text: string, given: string | undefined): boolean {
  const actual = Buffer.from(given ?? '');
  return [secret].flat().some((known) => {
    const expected = Buffer.from(signWith(known, purpose, text));
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  });
}

/**
 * Returns the name of a session for the log, where one session has one name, and nobody who reads it can use it as a cookie.
 * It is keyed, so that the name of a known id cannot be computed without the secret. A rotation of the secret changes it.
 */
export const logNameOf = (services: Services, sid: string): string => sign(services, 'log', sid).slice(0, 12);

const signWith = (secret: string, purpose: Purpose, text: string): string =>
  createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');
