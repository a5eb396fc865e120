/**
 * What the handlers work with, and which parts of the app can be replaced.
 *
 * Parts exist only for the lessons of this project: a part is something that a file in server/weaknesses replaces, to
 * show what goes wrong with a common mistake in its place. For example,
 * `createApp(services, { ...defaultParts, logout: anotherLogout })` is the app with another logout. The code calls each
 * part as `parts.…`. Everything else is an ordinary import.
 *
 * A copy of the app does not need them. To remove them, call the functions directly: write `login(context)` instead of
 * `parts.login(context)` in app.ts, which imports them all, and `startSession(…)`, `awaitCode(…)`,
 * `takeRememberToken(…)` and `csrfTokenFor(…)` with an import in the handlers. Then delete `Parts`, `Context.parts` and
 * `defaultParts`, and give the value of TRUSTED_PROXIES to `app.set('trust proxy', …)`.
 */
import type { Express, Request, RequestHandler } from 'express';
import type { SessionOptions, Store } from 'express-session';
import type { Role, User } from './db.ts';
import type { Passwords } from './passwords.ts';
import type { Bcrypt, Events, Mail, Services } from './services.ts';
import type { SessionIndex } from './sessionIndex.ts';
import type { TakenToken } from './takenToken.ts';

/** What every handler and middleware gets: the services from outside, and what createApp() makes of them. */
export interface Context extends Services {
  /** Sends a mail. Handlers need not wait: a failure goes to the log. */
  mail: (message: Mail) => void;
  /** Handlers need not wait for what they publish: a failure goes to the log. */
  events: Events;
  /** The records of the sessions. It finds a record by its session id. */
  store: Store;
  /** Finds the sessions of a user. */
  sessionIndex: SessionIndex;
  passwords: Passwords;
  /** Handlers call parts through this, so that they call the replacement of a part. */
  parts: Parts;
}

/**
 * Returns a handler or a middleware. `Params` are the parameters in the path of the route.
 *
 * The returned function has the name of its factory. Stack traces and debuggers show that name. Without it they show
 * `<anonymous>` for every handler.
 */
type HandlerFactory<Params = Record<string, string>> = (context: Context) => RequestHandler<Params>;

export interface Parts {
  /** Makes the app. A lesson takes another version of Express. */
  express: () => Express;
  /** The setting `trust proxy` of Express. */
  trustedProxies: number | boolean;
  sessionOptions: (services: Services) => SessionOptions;
  createSessionStore: (services: Services) => Store;
  createSessionIndex: (services: Services, store: Store) => SessionIndex;
  createPasswords: (bcryptCost: number, hashing: Bcrypt) => Passwords;

  strictTransportSecurity: HandlerFactory;
  assets: HandlerFactory;
  allowFrontEnds: HandlerFactory;
  routesWithoutSession: HandlerFactory;
  readBody: HandlerFactory;
  noticeForgedCookie: HandlerFactory;
  refuseCrossSite: HandlerFactory;
  requireCsrfToken: HandlerFactory;
  noStore: HandlerFactory;
  requireAuth: HandlerFactory;
  requireRecentPassword: HandlerFactory;
  requireRole: (context: Context, role: Role) => RequestHandler;

  home: HandlerFactory;
  login: HandlerFactory;
  secondFactor: HandlerFactory;
  logout: HandlerFactory;
  register: HandlerFactory;
  confirmEmail: HandlerFactory;
  forgotPassword: HandlerFactory;
  resetPassword: HandlerFactory;
  confirm: HandlerFactory;
  me: HandlerFactory;
  accountEvents: HandlerFactory;
  changePassword: HandlerFactory;
  listSessions: HandlerFactory;
  endSession: HandlerFactory<{ handle: string }>;
  showBasket: HandlerFactory;
  addToBasket: HandlerFactory;
  disableUser: HandlerFactory<{ id: string }>;
  changeRole: HandlerFactory<{ id: string }>;

  /** Turns the request's session into a session of this user. Handlers call it. */
  startSession: (context: Context, req: Request, user: User, how?: { remembered?: string }) => Promise<void>;
  /** Uses up the token in a cookie of a remembered device. A handler calls it. */
  takeRememberToken: (context: Context, value: string) => Promise<TakenToken | undefined>;
  /** Turns the request's session into one that waits for this user's code. Handlers call it. */
  awaitCode: (context: Context, req: Request, user: User) => Promise<void>;
  /** Returns the CSRF token for a response, or undefined where a lesson sends it in a cookie. Handlers call it. */
  csrfTokenFor: (context: Context, req: Request) => string | undefined;
}
