import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app/app.ts';
import type { Role } from '../app/db.ts';

/** The role is in the session already, which saves a query for each request. Nobody tells it when the role changes. */
export const requireRole =
  (role: Role) =>
  (_shop: Shop): RequestHandler =>
    function requireRole(req, res, next) {
      if (req.session.role === role) return next();
      res.status(403).json({ error: 'This is not for you.' });
    };

/** The role is brought up to date where the password is typed again, in the session as it is, under the id it has. */
export const confirm = (shop: Shop): RequestHandler =>
  async function confirm(req, res) {
    const { password } = z.object({ password: z.string() }).parse(req.body);
    const user = shop.users.byId(req.session.userId!)!;
    if (!(await shop.passwords.match(user, password))) {
      res.status(403).json({ error: 'That is not your password.' });
      return;
    }
    req.session.role = user.role;
    req.session.confirmedAt = shop.now();
    res.json({ csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };

/** POST /admin/users/:id/role { role }. The sessions of that user go on as they are. */
export const changeRole = ({ users, audit }: Shop): RequestHandler<{ id: string }> =>
  async function changeRole(req, res) {
    const { role } = z.object({ role: z.enum(['customer', 'admin']) }).parse(req.body);
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { role });
    audit({ name: 'user_role_changed', userId: user.id, ip: req.ip });
    res.status(204).end();
  };
