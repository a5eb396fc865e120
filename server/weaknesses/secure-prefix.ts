import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Browsers accept this name only with Secure. They accept it from every subdomain. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), name: '__Secure-sid' };
}
