import type { SessionOptions } from 'express-session';
import type { SessionChange } from '../../../../scenarios/engine/actions.ts';
import { type Parts, parts as usual } from '../../../app/parts.ts';
import type { Services } from '../../../app/services.ts';
import { sessionStore as inMemory } from '../../../weaknesses/sessions-in-memory.ts';

/** The same parts with other session options: the ones left out of the change stay as they are. */
export function withSession(parts: Parts, change: SessionChange): Parts {
  const { trustProxy, store } = change;
  return {
    ...parts,
    sessionOptions: (services: Services) => optionsWith(parts.sessionOptions(services), change),
    ...(trustProxy !== undefined && { trustedProxies: trustProxy }),
    ...(store === 'memory' && { sessionStore: inMemory }),
    // Where the weakness is the memory itself, the Redis to go back to is the usual one.
    ...(store === 'redis' && parts.sessionStore === inMemory && { sessionStore: usual.sessionStore }),
  };
}

function optionsWith(options: SessionOptions, change: SessionChange): SessionOptions {
  const { rolling, resave, saveUninitialized, httpOnly, secure, maxAge, sameSite } = change;
  const { cookie } = options;
  const changed = {
    ...options,
    ...(rolling !== undefined && { rolling }),
    ...(resave !== undefined && { resave }),
    ...(saveUninitialized !== undefined && { saveUninitialized }),
  };
  // No part of the app makes its cookie anew for each request.
  if (typeof cookie === 'function') return changed;
  const attributes = {
    ...cookie,
    ...(httpOnly !== undefined && { httpOnly }),
    ...(secure !== undefined && { secure }),
    ...(typeof maxAge === 'number' && { maxAge }),
    ...(sameSite && { sameSite }),
  };
  if (maxAge === null) delete attributes.maxAge;
  if (sameSite === null) delete attributes.sameSite;
  return { ...changed, cookie: attributes };
}
