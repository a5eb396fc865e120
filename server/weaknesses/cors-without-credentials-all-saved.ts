import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';
import { allowFrontEnds as allowEverybody } from './cors-without-credentials.ts';

/** Still without cookies. */
export const allowFrontEnds = allowEverybody;

/** The options that answers on the web tell people to switch on when a session is not kept. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), resave: true, saveUninitialized: true };
}
