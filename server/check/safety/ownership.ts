/** How the owner of a public address shows to be it: a file that only who runs the app can serve. */
import { createHash, randomBytes } from 'node:crypto';
import { NotAllowed } from '../errors.ts';

export const newNonce = () => randomBytes(16).toString('hex');

const noncePattern = /^[0-9a-f]{32}$/;

export const proofPath = (nonce: string) => `/.well-known/session-sandbox-${nonce}`;

/**
 * What must be served there. It is not the nonce itself, because many apps repeat the address that they do not know; and it names
 * the origin, so a proof for one origin is none for another one.
 */
export const proofText = (nonce: string, origin: string) =>
  createHash('sha256').update(`session-sandbox ${nonce} ${origin}`).digest('hex');

/** @throws NotAllowed, with what to serve, when the nonce is missing or is none */
export function requireNonce(given: string | undefined, origin: string, host: string): string {
  if (given !== undefined && noncePattern.test(given)) return given;
  const nonce = newNonce();
  throw new NotAllowed(
    [
      `${host} is neither this machine nor in a private network, and check attacks what it is pointed at.`,
      'If the system is yours, and is not in production, show it:',
      `  serve the text  ${proofText(nonce, origin)}`,
      `  at              ${origin}${proofPath(nonce)}`,
      `  and run again with  --i-own ${nonce}`,
    ].join('\n'),
  );
}

/** @throws NotAllowed when the answer does not prove anything */
export function requireProof({ status, text }: { status: number; text: string }, nonce: string, origin: string): void {
  if (status === 200 && text.trim() === proofText(nonce, origin)) return;
  throw new NotAllowed(
    `${origin}${proofPath(nonce)} must answer 200 and exactly the text ${proofText(nonce, origin)}; it answered ${status}` +
      `${status === 200 ? ' and something else' : ''}. Nothing else was asked.`,
  );
}
