import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { cookieAttributes, sessionOptions as usual } from '../app/session.ts';

/** Browsers silently reject a cookie of this name with a Domain: every login succeeds, and nobody is logged in. */
export function sessionOptions(services: Services): SessionOptions {
  const cookie = { ...cookieAttributes, domain: 'hats.example', maxAge: services.idleMs };
  return { ...usual(services), name: '__Host-sid', cookie };
}
