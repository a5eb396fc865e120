import { Router } from 'express';
import type { Shop } from '../app/app.ts';
import { routesWithoutSession as usual } from '../app/routes/withoutSession.ts';

/** `app.use(session())` as the first line of the app: every route reads, renews and re-sends a session, needed or not. */
export function routesWithoutSession(shop: Shop): Router {
  return Router().use(shop.parts.readSession(shop), usual(shop));
}
