import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Ids that are unique, short and easy to find in the log: each is the one before plus one. */
export function sessionOptions(services: Services): SessionOptions {
  let last = 100_000;
  return { ...usual(services), genid: () => String(++last) };
}
