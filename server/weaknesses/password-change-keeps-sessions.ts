import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app/app.ts';
import { passwordRule } from '../app/routes/account.ts';
import { resetKey } from '../app/routes/reset.ts';

/** Whoever holds the session may change the password, and everybody who is logged in stays so. */
export const changePassword = ({ users, passwords }: Shop): RequestHandler =>
  async function changePassword(req, res) {
    const { newPassword } = z.object({ newPassword: passwordRule }).parse(req.body);
    users.update(req.session.userId!, { passwordHash: await passwords.hash(newPassword) });
    res.json({ message: 'Your password was changed.' });
  };

/** The new hash is stored, and that is all. */
export const resetPassword = ({ users, redis, passwords }: Shop): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    const user = users.byId(Number(await redis.getdel(resetKey(token))));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    users.update(user.id, { passwordHash: await passwords.hash(password) });
    res.status(204).end();
  };
