import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** The cookie is not renewed, but lasts twice as long. So does the record, which takes its time to live from the cookie. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, rolling: false, cookie: { ...options.cookie, maxAge: 2 * services.idleMs } };
}
