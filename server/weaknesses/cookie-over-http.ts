import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Options for development without TLS: the default name and no Secure. On a network, others can read the cookie. */
export function sessionOptions(services: Services): SessionOptions {
  const { name: _, cookie, ...rest } = usual(services);
  return { ...rest, cookie: { ...cookie, secure: false } };
}
