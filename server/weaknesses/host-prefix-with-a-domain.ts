import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { cookieAttributes, sessionOptions as usual } from '../app/session.ts';

/** Under this name a browser takes no cookie with a Domain, and tells nobody: every login succeeds and leads nowhere. */
export function sessionOptions(services: Services): SessionOptions {
  const cookie = { ...cookieAttributes, domain: 'hats.example', maxAge: services.idle };
  return { ...usual(services), name: '__Host-sid', cookie };
}
