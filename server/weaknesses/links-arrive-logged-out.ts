import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** SameSite=Strict, because stricter must be safer: a user who follows a link to the shop arrives logged out. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, sameSite: 'strict' } };
}
