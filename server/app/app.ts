import express, { type Express, Router } from 'express';
import session from 'express-session';
import { changeEmail, changePassword, me } from './account/account.ts';
import { accountEvents } from './account/events.ts';
import { confirmSecondFactor, offerSecondFactor, removeSecondFactor } from './account/secondFactorRoutes.ts';
import { endOtherSessions, endSession, extendSession, listSessions, timeLeft } from './account/sessionRoutes.ts';
import { changeRole, disableUser, enableUser, endAllSessions, listUsers } from './admin/users.ts';
import { confirmEmail } from './auth/confirmEmail.ts';
import { login, logout, startSession } from './auth/login.ts';
import { confirm, requireRecentPassword } from './auth/reauthenticate.ts';
import { register } from './auth/register.ts';
import { resume } from './auth/rememberMe.ts';
import { takeRememberToken } from './auth/rememberTokens.ts';
import { forgotPassword, resetPassword } from './auth/reset.ts';
import { awaitCode, secondFactor } from './auth/secondFactor.ts';
import { noticeForgedCookie } from './cookies.ts';
import { allowFrontEnds } from './middleware/cors.ts';
import { csrfTokenFor, refuseCrossSite, requireCsrfToken } from './middleware/csrf.ts';
import { errors, notFound } from './middleware/errors.ts';
import { noStore, readBody, strictTransportSecurity } from './middleware/http.ts';
import { requireAuth, requireRole } from './middleware/requireAuth.ts';
import type { Context, Parts } from './parts.ts';
import { createPasswords } from './passwords.ts';
import { loggingFailures, loggingLostEvents, type Services } from './services.ts';
import { createSessionStore, sessionOptions } from './session.ts';
import { createSessionIndex } from './sessionIndex.ts';
import { addToBasket, showBasket } from './shop/basket.ts';
import { listOrders, placeOrder } from './shop/orders.ts';
import { assets, home, showStock } from './shop/storefront.ts';

/**
 * Returns the whole app. It does not listen yet: pass it to `http.createServer()`, or call its `listen()`.
 *
 * @param parts the functions that are called here as `parts.…`. Each has the name of an import above: `parts.login` is
 *   `login`, unless a lesson replaces it. parts.ts says how to do without parts.
 */
export function createApp(services: Services, parts: Parts = defaultParts): Express {
  const store = parts.createSessionStore(services);
  const context: Context = {
    ...services,
    mail: loggingFailures(services),
    events: loggingLostEvents(services),
    store,
    sessionIndex: parts.createSessionIndex(services, store),
    passwords: parts.createPasswords(services.bcryptCost, services.bcrypt),
    parts,
  };

  const app = parts.express();
  app.set('trust proxy', parts.trustedProxies);
  app.disable('x-powered-by');
  app.use(parts.strictTransportSecurity(context));

  // Before the session, so that these responses carry no cookie, and a shared cache may keep the static files.
  app.use('/assets', parts.assets(context));
  app.use(parts.allowFrontEnds(context));
  app.use(parts.routesWithoutSession(context));

  app.use(parts.readBody(context));
  app.use(parts.noticeForgedCookie(context));
  // session.ts has the options with the reason for each: name, secret, resave, saveUninitialized, rolling, cookie.
  app.use(session({ ...parts.sessionOptions(services), store }));
  app.use(parts.refuseCrossSite(context));
  app.use(parts.requireCsrfToken(context));

  // For everybody.
  app.get('/', parts.noStore(context), parts.home(context));
  app.get('/basket', parts.noStore(context), parts.showBasket(context));
  app.post('/basket', parts.addToBasket(context));
  app.post('/auth/login', parts.login(context));
  app.post('/auth/second-factor', parts.secondFactor(context));
  app.post('/auth/resume', resume(context));
  app.post('/auth/logout', parts.logout(context));
  app.post('/auth/register', parts.register(context));
  app.post('/auth/confirm-email', parts.confirmEmail(context));
  app.post('/auth/forgot', parts.forgotPassword(context));
  app.post('/auth/reset', parts.resetPassword(context));

  // Two ways to require a login: in one route, and in a router for all of its routes.
  app.get('/me', parts.noStore(context), parts.requireAuth(context), parts.me(context));
  app.use('/admin', adminRoutes(context));

  // A third way: everything below requires a login, so that no later route can forget to. It refuses unknown paths too:
  // visitors get 401 for them, and only users who are logged in get the 404 of notFound().
  app.use(parts.noStore(context), parts.requireAuth(context));
  app.post('/auth/confirm', parts.confirm(context));
  app.post('/account/email', parts.requireRecentPassword(context), changeEmail(context));
  app.post('/account/password', parts.changePassword(context));
  app.post('/account/second-factor', parts.requireRecentPassword(context), offerSecondFactor(context));
  app.post('/account/second-factor/confirm', parts.requireRecentPassword(context), confirmSecondFactor(context));
  app.post('/account/second-factor/remove', parts.requireRecentPassword(context), removeSecondFactor(context));
  app.get('/orders', listOrders(context));
  app.post('/orders', placeOrder(context));
  app.get('/sessions', parts.listSessions(context));
  app.post('/session/extend', extendSession());
  app.post('/sessions/end-others', endOtherSessions(context));
  app.post('/sessions/:handle/end', parts.endSession(context));

  app.use(notFound());
  app.use(errors(services));
  return app;
}

/**
 * Routes that neither read nor renew the session. Their responses carry no session cookie, so a late one cannot
 * overwrite a newer cookie: https://github.com/expressjs/session/issues/923
 */
export function routesWithoutSession(context: Context): Router {
  const router = Router();
  router.get('/stock', showStock(context));
  router.get('/session/left', timeLeft(context));
  router.get('/account/events', context.parts.accountEvents(context));
  return router;
}

function adminRoutes(context: Context): Router {
  const { parts } = context;
  const router = Router();
  router.use(parts.noStore(context), parts.requireAuth(context), parts.requireRole(context, 'admin'));
  router.get('/users', listUsers(context));
  router.post('/users/:id/disable', parts.disableUser(context));
  router.post('/users/:id/enable', enableUser(context));
  router.post('/users/:id/role', parts.requireRecentPassword(context), parts.changeRole(context));
  router.post('/sessions/end-all', endAllSessions(context));
  return router;
}

/**
 * How many proxies stand between the app and the internet. Here it is one, the reverse proxy that ends TLS. Express
 * believes what that proxy says about the scheme and the visitor's address (X-Forwarded-Proto, X-Forwarded-For), and
 * ignores what visitors wrote into them. With 0, every request looks like plain HTTP. With `true`, visitors can claim
 * any address.
 */
export const trustedProxies: number | boolean = 1;

/** The parts of the app as it should be. parts.ts explains what a part is. */
export const defaultParts: Parts = {
  express,
  trustedProxies,
  sessionOptions,
  createSessionStore,
  createSessionIndex,
  createPasswords,
  strictTransportSecurity,
  assets,
  allowFrontEnds,
  routesWithoutSession,
  readBody,
  noticeForgedCookie,
  refuseCrossSite,
  requireCsrfToken,
  noStore,
  requireAuth,
  requireRecentPassword,
  requireRole,
  home,
  login,
  secondFactor,
  logout,
  register,
  confirmEmail,
  forgotPassword,
  resetPassword,
  confirm,
  me,
  accountEvents,
  changePassword,
  listSessions,
  endSession,
  showBasket,
  addToBasket,
  disableUser,
  changeRole,
  startSession,
  awaitCode,
  takeRememberToken,
  csrfTokenFor,
};
