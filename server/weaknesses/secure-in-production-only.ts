import type { RequestHandler } from 'express';
import type { SessionOptions } from 'express-session';
import { strictTransportSecurity as usualHeader } from '../app/middleware/http.ts';
import type { Context } from '../app/parts.ts';
import type { Services } from '../app/services.ts';
import { sessionOptions as usualOptions } from '../app/session.ts';
import { type Environment, readSettings as usualSettings } from '../app/settings.ts';

interface Production {
  production?: boolean;
}

/** The example in express-session's README sets `cookie.secure` in production alone, so that a login works on localhost. */
export function sessionOptions(services: Services & Production): SessionOptions {
  const { name: _, cookie, ...rest } = usualOptions(services);
  return { ...rest, cookie: { ...cookie, secure: services.production === true } };
}

/** For production alone, too. */
export const strictTransportSecurity = (context: Context & Production): RequestHandler =>
  context.production ? usualHeader() : (_req, _res, next) => next();

/** It knows no other setting for development. */
export function readSettings({ LOCAL_DEVELOPMENT: _, ...environment }: Environment) {
  return { ...usualSettings(environment), production: environment.NODE_ENV === 'production' };
}
