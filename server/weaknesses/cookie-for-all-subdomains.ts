import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { cookieAttributes, sessionOptions as usual } from '../app/session.ts';

/** One login for the shop and its blog: the cookie goes to every subdomain, so every subdomain can set it too. */
export function sessionOptions(services: Services): SessionOptions {
  const cookie = { ...cookieAttributes, domain: 'shop.example', maxAge: services.idleMs };
  return { ...usual(services), name: 'sid', cookie };
}
