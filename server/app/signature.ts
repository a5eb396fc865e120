import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Services, signingSecret } from './services.ts';

/** What a signature is for. A signature for one purpose is worthless for another. */
type Purpose = 'csrf' | 'device';

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

const signWith = (secret: string, purpose: Purpose, text: string): string =>
  createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');
