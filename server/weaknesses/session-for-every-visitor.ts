import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** express-session's default: every request without a cookie gets a new cookie and a record, although it is empty. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), saveUninitialized: true };
}
