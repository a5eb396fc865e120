import { randomInt } from 'node:crypto';
import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Nobody can know the first number. But somebody who has one session id knows the ones before it. */
export function sessionOptions(services: Services): SessionOptions {
  let last = randomInt(10 ** 13, 10 ** 14);
  return { ...usual(services), genid: () => String(++last) };
}
