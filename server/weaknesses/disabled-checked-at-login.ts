import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Sets the flag that the login checks. A user who is logged in already does not log in again. */
export const disableUser = ({ users, audit }: Context): RequestHandler<{ id: string }> =>
  function disableUser(req, res) {
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { disabled: true });
    audit({ name: 'user_disabled', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.json({ disabled: true });
  };

/** Checks whether a user has logged in, but not whether the account is still enabled. */
export const requireAuth = (): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.session?.userId !== undefined) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
