import type { SessionOptions } from 'express-session';
import { type Services, signingSecret } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Accepts only cookies that the newest secret has signed. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), secret: signingSecret(services) };
}
