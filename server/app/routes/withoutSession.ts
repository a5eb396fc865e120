import { type RequestHandler, Router } from 'express';
import type { Shop } from '../app.ts';
import { load } from '../sessionCalls.ts';
import { sessionIdOf } from '../sessionCookie.ts';

/**
 * Routes that stand before the session middleware: they neither read a record nor renew it, and their answers carry no session
 * cookie, so an answer that is late cannot put an old cookie back over a newer one (expressjs/session#923).
 */
export function routesWithoutSession(shop: Shop): Router {
  const router = Router();
  router.get('/stock', showStock(shop));
  router.get('/session/left', timeLeft(shop));
  return router;
}

/** GET /stock: how many of each thing are left. The same for everybody. */
const showStock = ({ redis }: Shop): RequestHandler =>
  async function showStock(_req, res) {
    res.json({ stock: await redis.hgetall('stock') });
  };

/**
 * GET /session/left: milliseconds until the session ends if nothing renews it, 0 when there is none. A page asks this to warn in
 * time (WCAG 2.2.1); if the question itself renewed the session, a page left open would keep it alive for ever.
 */
const timeLeft = (shop: Shop): RequestHandler =>
  async function timeLeft(req, res) {
    const sid = sessionIdOf(req, shop);
    const left = sid === undefined ? 0 : await leftOf(shop, sid);
    res.set('cache-control', 'no-store').json({ left: Math.max(0, left) });
  };

/** Milliseconds to the nearer of the two limits: work that is lost to the absolute one is lost as well. */
async function leftOf({ redis, store, absolute, now }: Shop, sid: string): Promise<number> {
  const [idleLeft, record] = await Promise.all([redis.pttl(`sess:${sid}`), load(store, sid)]);
  return record?.loginAt === undefined ? idleLeft : Math.min(idleLeft, record.loginAt + absolute - now());
}
