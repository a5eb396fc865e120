import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** The cookie has no expiry, so the browser keeps it until it closes. connect-redis then keeps the record for a day. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, maxAge: undefined } };
}
