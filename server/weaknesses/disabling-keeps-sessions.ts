import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Sets the flag, which requireAuth checks with each request. The sessions wait until the account is enabled again. */
export const disableUser = ({ users, audit }: Context): RequestHandler<{ id: string }> =>
  function disableUser(req, res) {
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { disabled: true });
    audit({ name: 'user_disabled', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.json({ disabled: true });
  };

/** Refuses a disabled account, for as long as it is disabled. */
export const requireAuth = ({ users }: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    const user = users.byId(req.session?.userId ?? 0);
    if (user && !user.disabled) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
