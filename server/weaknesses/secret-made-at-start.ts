import { randomBytes } from 'node:crypto';
import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** A secret that nobody has to configure: the app creates a new one whenever it starts. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), secret: randomBytes(32).toString('hex') };
}
