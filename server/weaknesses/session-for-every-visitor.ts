import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** express-session's default: whoever comes without a cookie gets a record and a cookie, with nothing in it to remember. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), saveUninitialized: true };
}
