import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usualOptions } from '../app/session.ts';
import { type Environment, readSettings as usualSettings } from '../app/settings.ts';

interface Development {
  development?: boolean;
}

/** Without NODE_ENV the cookie is Secure. With the wrong one it is not. */
export function sessionOptions(services: Services & Development): SessionOptions {
  const { name: _, cookie, ...rest } = usualOptions(services);
  return { ...rest, cookie: { ...cookie, secure: !services.development } };
}

/** It knows no other setting for development. */
export function readSettings({ LOCAL_DEVELOPMENT: _, ...environment }: Environment) {
  return { ...usualSettings(environment), development: environment.NODE_ENV === 'development' };
}
