import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';

/** GET /me */
export const me = ({ users }: Shop): RequestHandler =>
  function me(req, res) {
    const user = users.byId(req.session.userId!);
    if (!user) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    res.json({ id: user.id, email: user.email, role: user.role });
  };
