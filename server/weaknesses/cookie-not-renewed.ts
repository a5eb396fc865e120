import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** express-session's default: every request renews the record in Redis, but none renews the cookie in the browser. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), rolling: false };
}
