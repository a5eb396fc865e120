/**
 * What the handlers work with, and which parts of the app can be replaced.
 *
 * The rule: whatever the code calls as `parts.…` is a part, and everything else is an ordinary import. A part exists only
 * where server/weaknesses replaces it, to show what goes wrong without it: `createApp(services, { ...defaultParts, logout })`.
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
  /** A part calls another part through this, so that it calls the replacement where there is one. */
  parts: Parts;
}

/** Makes a handler or a middleware. `Params` are the parameters in the path of the route. */
type Handler<Params = Record<string, string>> = (context: Context) => RequestHandler<Params>;

export interface Parts {
  /** Not called by createApp(): whoever starts the app calls it, and passes the result on as services. */
  readLimits: (environment: Environment) => { idle: number; absolute: number };

  express: () => Express;
  /** The setting `trust proxy` of Express. */
  trustedProxies: number | boolean;
  sessionOptions: (services: Services) => SessionOptions;
  sessionStore: (services: Services) => Store;
  createSessionIndex: (services: Services, store: Store) => SessionIndex;
  createPasswords: (bcryptCost: number) => Passwords;

  assets: Handler;
  routesWithoutSession: Handler;
  readBody: Handler;
  noticeForgedCookie: Handler;
  refuseCrossSite: Handler;
  requireCsrfToken: Handler;
  noStore: Handler;
  requireAuth: Handler;
  requireRecentPassword: Handler;
  requireRole: (context: Context, role: Role) => RequestHandler;

  login: Handler;
  logout: Handler;
  register: Handler;
  forgotPassword: Handler;
  resetPassword: Handler;
  confirm: Handler;
  me: Handler;
  changePassword: Handler;
  listSessions: Handler;
  endSession: Handler<{ handle: string }>;
  showBasket: Handler;
  addToBasket: Handler;
  disableUser: Handler<{ id: string }>;
  changeRole: Handler<{ id: string }>;

  /** Turns the request's session into a session of this user. Called by handlers, not by createApp(). */
  startSession: (context: Context, req: Request, user: User) => Promise<void>;
  /** The CSRF token that goes into a response. Called by handlers, not by createApp(). */
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
