import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** SameSite=Strict says which requests carry the cookie. Every script of the page can still read it. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, httpOnly: false, sameSite: 'strict' } };
}
