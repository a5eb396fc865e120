import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Every request writes the record again, with its full time to live. No response sends the cookie again. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), rolling: false, resave: true };
}
