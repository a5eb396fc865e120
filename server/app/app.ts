import { type Express, Router } from 'express';
import type { Store } from 'express-session';
import { errors, notFound } from './middleware/errors.ts';
import { parts as allParts, type Parts } from './parts.ts';
import type { Passwords } from './passwords.ts';
import { enableUser, listUsers } from './routes/admin.ts';
import { home } from './routes/home.ts';
import { listOrders } from './routes/orders.ts';
import { extendSession } from './routes/sessions.ts';
import type { Services } from './services.ts';
import type { SessionIndex } from './sessionIndex.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** What the routes work with. */
export interface Shop extends Services {
  store: Store;
  sessions: SessionIndex;
  passwords: Passwords;
  throttle: Throttle;
  /** What the app is put together from: a part calls another one by way of this, so that it may be replaced as well. */
  parts: Parts;
}

/** The whole app, listening nowhere: hand it to `http.createServer` or call `.listen()`. */
export function createApp(services: Services, parts: Parts = allParts): Express {
  const store = parts.sessionStore(services);
  const shop: Shop = {
    ...services,
    store,
    sessions: parts.createSessionIndex(services, store),
    passwords: parts.createPasswords(services.users.cost),
    throttle: createThrottle(services.redis),
    parts,
  };

  const app = parts.framework();
  app.set('trust proxy', parts.trustedProxies);
  app.disable('x-powered-by');

  // Before the session: a style sheet needs none, and a cache may keep it only because it comes without a cookie.
  app.use('/assets', parts.assets(shop));

  app.use(parts.routesWithoutSession(shop));

  app.use(parts.readBody());
  app.use(parts.noticeForgedCookie(shop));
  app.use(parts.readSession(shop));
  app.use(parts.refuseCrossSite(shop));
  app.use(parts.requireCsrfToken(shop));

  app.get('/', home());
  app.get('/basket', parts.noStore(), parts.showBasket(shop));
  app.post('/basket', parts.addToBasket(shop));
  app.post('/auth/login', parts.login(shop));
  app.post('/auth/logout', parts.logout(shop));
  app.post('/auth/register', parts.register(shop));
  app.post('/auth/forgot', parts.forgotPassword(shop));
  app.post('/auth/reset', parts.resetPassword(shop));

  // One route that asks for a login by itself, and a whole router that does.
  app.get('/me', parts.noStore(), parts.requireAuth(shop), parts.me(shop));
  app.use('/admin', admin(shop, parts));

  // From here on everything needs a login; a route added below cannot forget to ask for one.
  app.use(parts.noStore(), parts.requireAuth(shop));
  app.post('/auth/confirm', parts.confirm(shop));
  app.post('/account/email', parts.requireRecentPassword(shop), parts.changeEmail(shop));
  app.post('/account/password', parts.changePassword(shop));
  app.get('/orders', listOrders(shop));
  app.post('/orders', parts.placeOrder(shop));
  app.get('/sessions', parts.listSessions(shop));
  app.post('/session/extend', extendSession());
  app.post('/sessions/end-others', parts.endOtherSessions(shop));
  app.post('/sessions/:handle/end', parts.endSession(shop));

  app.use(notFound());
  app.use(errors(services));
  return app;
}

/** The guards stand once, before all routes of the router. */
function admin(shop: Shop, parts: Parts): Router {
  const router = Router();
  router.use(parts.noStore(), parts.requireAuth(shop), parts.requireRole('admin')(shop));
  router.get('/users', listUsers(shop));
  router.post('/users/:id/disable', parts.disableUser(shop));
  router.post('/users/:id/enable', enableUser(shop));
  router.post('/users/:id/role', parts.changeRole(shop));
  router.post('/sessions/end-all', parts.endAllSessions(shop));
  return router;
}
