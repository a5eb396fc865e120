import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** SameSite decides when a browser sends a cookie, and not who may set one. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, name: 'sid', cookie: { ...options.cookie, sameSite: 'strict', domain: undefined } };
}
