import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Role } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

/** The role in the session saves a query per request, but it does not change when the user's role does. */
export const requireRole = (_context: Context, role: Role): RequestHandler =>
  function requireRole(req, res, next) {
    if (req.session.role === role) return next();
    res.status(403).json({ error: 'This is not for you.' });
  };

/** Updates the role when the user types the password again, in the same session and under the same id. */
export const confirm = (context: Context): RequestHandler =>
  async function confirm(req, res) {
    const { password } = z.object({ password: z.string() }).parse(req.body);
    const user = context.users.byId(req.session.userId!)!;
    if (!(await context.passwords.match(user, password))) {
      res.status(403).json({ error: 'That is not your password.' });
      return;
    }
    req.session.role = user.role;
    req.session.confirmedAt = context.now();
    res.json({ csrfToken: context.parts.csrfTokenFor(context, req) });
  };

/** POST /admin/users/:id/role { role }. The user's sessions go on unchanged. */
export const changeRole = ({ users, audit }: Context): RequestHandler<{ id: string }> =>
  async function changeRole(req, res) {
    const { role } = z.object({ role: z.enum(['customer', 'admin']) }).parse(req.body);
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { role });
    audit({ name: 'user_role_changed', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.status(204).end();
  };
