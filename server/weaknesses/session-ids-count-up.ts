import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Session ids that are unique, short and easy to find in a log: each is the previous one plus one. */
export function sessionOptions(services: Services): SessionOptions {
  let last = 100_000;
  return { ...usual(services), genid: () => String(++last) };
}
