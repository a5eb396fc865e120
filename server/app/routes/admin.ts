import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';

/** GET /admin/users */
export const listUsers = ({ users }: Shop): RequestHandler =>
  function listUsers(_req, res) {
    res.json({ users: users.all().map(({ id, email, role }) => ({ id, email, role })) });
  };
