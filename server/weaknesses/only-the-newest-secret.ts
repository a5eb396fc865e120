import type { SessionOptions } from 'express-session';
import { type Services, signingSecret } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** A cookie is accepted only with the signature of the secret that signs now. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), secret: signingSecret(services) };
}
