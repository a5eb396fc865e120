import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** All the right attributes and a name that promises none of them: a server cannot see how a cookie was set. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), name: 'sid' };
}
