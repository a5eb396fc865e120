import type { CookieOptions, SessionOptions, Store } from 'express-session';
import session from 'express-session';
import type { SessionOptionsNow } from '../../../../scenarios/engine/actions.ts';
import type { Parts } from '../../../app/parts.ts';
import type { Services } from '../../../app/services.ts';

/** @param services for the store that the parts make; nothing is asked of it */
export function sessionOptionsOf(parts: Parts, services: Services): SessionOptionsNow {
  // What express-session does where an option is left out.
  const { rolling = false, resave = true, saveUninitialized = true, cookie } = parts.sessionOptions(services);
  const { maxAge, httpOnly = true, secure = false, sameSite = false } = attributesOf({ cookie });
  return {
    rolling,
    resave,
    saveUninitialized,
    maxAge: typeof maxAge === 'number' ? maxAge : null,
    httpOnly,
    secure: secure === true,
    sameSite: sameSite === true ? 'strict' : sameSite || null,
    trustProxy: parts.trustedProxies,
    store: parts.sessionStore(services) instanceof session.MemoryStore ? 'memory' : 'redis',
  };
}

/** The lines that set up the session with exactly these options, as one would write them; the secret is masked. */
export function sessionCode(parts: Parts, services: Services): string {
  const { cookie, secret: _, ...options } = parts.sessionOptions(services);
  const attributes = Object.entries(attributesOf({ cookie })).map((entry) => `    ${property(entry)}`);
  return [
    `app.set('trust proxy', ${parts.trustedProxies});`,
    'app.use(',
    '  session({',
    ...Object.entries({ ...options }).map((entry) => `    ${property(entry)}`),
    `    secret: '••••••',`,
    `    store: ${storeCode(parts.sessionStore(services))},`,
    '    cookie: {',
    ...attributes.map((line) => `  ${line}`),
    '    },',
    '  }),',
    ');',
  ].join('\n');
}

/** A function cannot be told in a line: it stands there by its name. */
const property = ([name, value]: [string, unknown]) =>
  typeof value === 'function' ? `${name},` : `${name}: ${typeof value === 'string' ? `'${value}'` : String(value)},`;

function storeCode(store: Store): string {
  if (store instanceof session.MemoryStore) return 'new session.MemoryStore()';
  const { prefix } = store as Store & { prefix?: string };
  return `new ${store.constructor.name}({ client: redis, prefix: '${prefix}' })`;
}

function attributesOf({ cookie }: Pick<SessionOptions, 'cookie'>): CookieOptions {
  return typeof cookie === 'function' ? {} : (cookie ?? {});
}
