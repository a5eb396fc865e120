import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** express-session decides by the connection. The app's own connection is the one from the proxy, and that is HTTP. */
export function sessionOptions(services: Services): SessionOptions {
  const { name: _, cookie, ...rest } = usual(services);
  return { ...rest, cookie: { ...cookie, secure: 'auto' } };
}

/** No header of a proxy is believed. */
export const trustedProxies = false;
