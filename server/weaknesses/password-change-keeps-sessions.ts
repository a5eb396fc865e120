import type { RequestHandler } from 'express';
import { z } from 'zod';
import { resetKey } from '../app/auth/reset.ts';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

/** The session alone is enough to change the password, and all other sessions go on. */
export const changePassword = ({ users, passwords }: Context): RequestHandler =>
  async function changePassword(req, res) {
    const { newPassword } = z.object({ newPassword: passwordRule }).parse(req.body);
    users.update(req.session.userId!, { passwordHash: await passwords.hash(newPassword) });
    res.json({ message: 'Your password was changed.' });
  };

/** Stores the new hash, and does nothing else. */
export const resetPassword = ({ users, redis, passwords }: Context): RequestHandler =>
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
