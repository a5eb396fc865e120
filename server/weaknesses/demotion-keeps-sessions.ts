import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Role } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

/** The role in the session is that of the login: a user who has a new role has to log in again. */
export const requireRole = (_context: Context, role: Role): RequestHandler =>
  function requireRole(req, res, next) {
    if (req.session.role === role) return next();
    res.status(403).json({ error: 'This is not for you.' });
  };

/** Ends the user's sessions when the user becomes an admin. Who loses that role keeps them. */
export const changeRole = ({ users, sessionIndex, audit }: Context): RequestHandler<{ id: string }> =>
  async function changeRole(req, res) {
    const { role } = z.object({ role: z.enum(['customer', 'admin']) }).parse(req.body);
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { role });
    const ended = role === 'admin' ? await sessionIndex.endWhere(user.id, ({ sid }) => sid !== req.sessionID) : 0;
    audit({ name: 'user_role_changed', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };
