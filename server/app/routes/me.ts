import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';

/** GET /me */
export const me = (shop: Shop): RequestHandler =>
  function me(req, res) {
    const { id, email, role } = shop.users.byId(req.session.userId!)!;
    res.json({ id, email, role, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
