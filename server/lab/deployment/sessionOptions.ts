/** The session options of the running app: how free play and a restart change them, and how they are shown. */
import session, { type CookieOptions, type SessionOptions, type Store } from 'express-session';
import type { SessionChange, SessionOptionsNow } from '../../../scenarios/engine/actions.ts';
import type { Parts } from '../../app/parts.ts';
import type { Services } from '../../app/services.ts';
import { createSessionStore as redisStore } from '../../app/session.ts';
import { createSessionStore as memoryStore } from '../../weaknesses/sessions-in-memory.ts';

/** The same parts with changed session options. Options that are absent from the change keep their values. */
export function withSessionOptions(parts: Parts, change: SessionChange): Parts {
  const { trustProxy, store } = change;
  return {
    ...parts,
    sessionOptions: (services) => changedOptions(parts.sessionOptions(services), change),
    ...(trustProxy !== undefined && { trustedProxies: trustProxy }),
    ...(store === 'memory' && { createSessionStore: memoryStore }),
    // If the weakness is the memory store itself, "redis" means the store of the usual app.
    ...(store === 'redis' && parts.createSessionStore === memoryStore && { createSessionStore: redisStore }),
  };
}

function changedOptions(options: SessionOptions, change: SessionChange): SessionOptions {
  const { rolling, resave, saveUninitialized, httpOnly, secure, maxAge, sameSite } = change;
  const attributes = { ...attributesOf(options.cookie), ...present({ httpOnly, secure, maxAge, sameSite }) };
  // null removes an attribute.
  const cookie = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
  return { ...options, ...present({ rolling, resave, saveUninitialized }), cookie };
}

/** The properties that are not undefined. */
const present = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** @param services for the store that the parts create; no command is sent to it */
export function sessionOptionsOf(parts: Parts, services: Services): SessionOptionsNow {
  // The defaults are those of express-session.
  const { rolling = false, resave = true, saveUninitialized = true, cookie } = parts.sessionOptions(services);
  const { maxAge, httpOnly = true, secure = false, sameSite = false } = attributesOf(cookie);
  return {
    rolling,
    resave,
    saveUninitialized,
    maxAge: typeof maxAge === 'number' ? maxAge : null,
    httpOnly,
    secure: secure === true,
    sameSite: sameSite === true ? 'strict' : sameSite || null,
    trustProxy: parts.trustedProxies,
    store: parts.createSessionStore(services) instanceof session.MemoryStore ? 'memory' : 'redis',
  };
}

/** The lines of code that set up a session with exactly these options. The secret is masked. */
export function sessionCode(parts: Parts, services: Services): string {
  const { cookie, secret: _, ...options } = parts.sessionOptions(services);
  return [
    `app.set('trust proxy', ${parts.trustedProxies});`,
    'app.use(',
    '  session({',
    ...Object.entries({ ...options }).map((option) => `    ${property(option)}`),
    `    secret: '••••••',`,
    `    store: ${storeCode(parts.createSessionStore(services))},`,
    '    cookie: {',
    ...Object.entries(attributesOf(cookie)).map((attribute) => `      ${property(attribute)}`),
    '    },',
    '  }),',
    ');',
  ].join('\n');
}

/** A function does not fit in one line, so only its name is shown. */
const property = ([name, value]: [string, unknown]) =>
  typeof value === 'function' ? `${name},` : `${name}: ${typeof value === 'string' ? `'${value}'` : String(value)},`;

function storeCode(store: Store): string {
  if (store instanceof session.MemoryStore) return 'new session.MemoryStore()';
  const { prefix } = store as Store & { prefix?: string };
  return `new ${store.constructor.name}({ client: redis, prefix: '${prefix}' })`;
}

/** No app here computes its cookie options for each request, which express-session allows. */
function attributesOf(cookie: SessionOptions['cookie']): CookieOptions {
  return typeof cookie === 'function' ? {} : (cookie ?? {});
}
