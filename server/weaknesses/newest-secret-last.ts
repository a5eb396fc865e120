import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Accepts every secret of the list, with the newest at its end. express-session signs with the first. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), secret: [services.secret].flat().reverse() };
}
