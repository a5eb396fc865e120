import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** The attributes are right, but the name enforces none of them, and a server cannot see how a cookie was set. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), name: 'sid' };
}
