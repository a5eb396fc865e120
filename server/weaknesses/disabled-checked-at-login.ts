import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';

/** Sets the flag that the login asks for. Who is logged in does not come by the login again. */
export const disableUser = ({ users, audit }: Shop): RequestHandler<{ id: string }> =>
  function disableUser(req, res) {
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { disabled: true });
    audit({ name: 'user_disabled', userId: user.id, ip: req.ip });
    res.json({ disabled: true });
  };

/** Asks whether somebody logged in, and not whether they still may. */
export const requireAuth = (): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.session?.userId !== undefined) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
