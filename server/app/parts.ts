/**
 * What the handlers work with, and which parts of the app can be replaced.
 *
 * The rule: what the code calls as `parts.…` is a part, and everything else is an ordinary import. Something is a part
 * only if a file in server/weaknesses replaces it, to show what goes wrong with a common mistake in its place. For
 * example, `createApp(services, { ...defaultParts, logout: anotherLogout })` is the app with another logout.
 */
import type { Express, Request, RequestHandler } from 'express';
import type { SessionOptions, Store } from 'express-session';
import type { Role, User } from './db.ts';
import type { Services } from './services.ts';
import type { Environment } from './settings.ts';

/** What every handler and middleware gets: the services from outside, and what createApp() makes of them. */
export interface Context extends Services {
  store: Store;
  sessions: SessionIndex;
  passwords: Passwords;
  /** Handlers call parts through this, so that they call the replacement of a part. */
  parts: Parts;
}

/** Returns a handler or a middleware. `Params` are the parameters in the path of the route. */
type HandlerFactory<Params = Record<string, string>> = (context: Context) => RequestHandler<Params>;

export interface Parts {
  /** Used before there is an app: its results are services. */
  readLimits: (environment: Environment) => { idle: number; absolute: number };

  express: () => Express;
  /** The setting `trust proxy` of Express. */
  trustedProxies: number | boolean;
  sessionOptions: (services: Services) => SessionOptions;
  sessionStore: (services: Services) => Store;
  createSessionIndex: (services: Services, store: Store) => SessionIndex;
  createPasswords: (bcryptCost: number) => Passwords;

  assets: HandlerFactory;
  routesWithoutSession: HandlerFactory;
  readBody: HandlerFactory;
  noticeForgedCookie: HandlerFactory;
  refuseCrossSite: HandlerFactory;
  requireCsrfToken: HandlerFactory;
  noStore: HandlerFactory;
  requireAuth: HandlerFactory;
  requireRecentPassword: HandlerFactory;
  requireRole: (context: Context, role: Role) => RequestHandler;

  login: HandlerFactory;
  logout: HandlerFactory;
  register: HandlerFactory;
  forgotPassword: HandlerFactory;
  resetPassword: HandlerFactory;
  confirm: HandlerFactory;
  me: HandlerFactory;
  changePassword: HandlerFactory;
  listSessions: HandlerFactory;
  endSession: HandlerFactory<{ handle: string }>;
  showBasket: HandlerFactory;
  addToBasket: HandlerFactory;
  disableUser: HandlerFactory<{ id: string }>;
  changeRole: HandlerFactory<{ id: string }>;

  /** Turns the request's session into a session of this user. Handlers call it. */
  startSession: (context: Context, req: Request, user: User) => Promise<void>;
  /** Returns the CSRF token that goes into a response. Handlers call it. */
  csrfTokenFor: (context: Context, req: Request) => string | undefined;
}

/** The sessions of each user, to list and to end. */
export interface SessionIndex {
  /** Adds a session, and ends the oldest ones beyond the limit. Returns how many it ended. */
  add(userId: number, session: Omit<ListedSession, 'handle'>): Promise<number>;
  /** Returns the active sessions, oldest first. */
  list(userId: number): Promise<ListedSession[]>;
  /** Ends the sessions that `picked` accepts. Returns how many. */
  endWhere(userId: number, picked: (session: ListedSession) => boolean): Promise<number>;
}

export interface ListedSession {
  /** Identifies the session to its owner. It is a hash of the session id, so it is useless as a cookie. */
  handle: string;
  sid: string;
  /** The User-Agent header of the login. */
  device: string;
  /** Milliseconds since 1970. */
  loginAt: number;
}

export interface Passwords {
  /** @throws TooBusy when too many hashes are already waiting */
  hash(password: string): Promise<string>;
  /**
   * Returns whether this is the user's password. Takes equally long when there is no such user.
   *
   * @throws TooBusy when too many hashes are already waiting
   */
  match(user: User | undefined, password: string): Promise<boolean>;
  /** Returns whether the hash was made with a lower cost than today's, so that it should be made anew. */
  outdated(user: User): boolean;
}
