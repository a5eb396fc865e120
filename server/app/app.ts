import express, { type Express } from 'express';
import session, { type Store } from 'express-session';
import { errors, notFound } from './middleware/errors.ts';
import { requireRole } from './middleware/requireRole.ts';
import { parts as allParts, type Parts } from './parts.ts';
import { listUsers } from './routes/admin.ts';
import { addToBasket, showBasket } from './routes/basket.ts';
import { home } from './routes/home.ts';
import type { Services } from './services.ts';
import { createSessionIndex, type SessionIndex } from './sessionIndex.ts';

/** What the routes work with. */
export interface Shop extends Services {
  store: Store;
  sessions: SessionIndex;
}

/** The whole app, listening nowhere: hand it to `http.createServer` or call `.listen()`. */
export function createApp(services: Services, parts: Parts = allParts): Express {
  const store = parts.sessionStore(services);
  const shop: Shop = { ...services, store, sessions: createSessionIndex(services, store) };
  const requireAuth = parts.requireAuth(shop);

  const app = express();
  // Exactly one proxy stands before us, the one that ends TLS: believe its X-Forwarded-Proto, and nobody's further out.
  app.set('trust proxy', 1);
  app.disable('x-powered-by');

  app.use(express.json({ limit: '16kb' }));
  app.use(session({ ...parts.sessionOptions(services), store }));

  app.get('/', home());
  app.get('/basket', showBasket());
  app.post('/basket', addToBasket());

  app.post('/auth/login', parts.login(shop));
  app.post('/auth/logout', parts.logout(shop));

  app.get('/me', requireAuth, parts.me(shop));
  app.get('/sessions', requireAuth, parts.listSessions(shop));
  app.post('/sessions/end-others', requireAuth, parts.endOtherSessions(shop));
  app.post('/sessions/:handle/end', requireAuth, parts.endSession(shop));
  app.get('/admin/users', requireAuth, requireRole('admin')(shop), listUsers(shop));

  app.use(notFound());
  app.use(errors(services));
  return app;
}
