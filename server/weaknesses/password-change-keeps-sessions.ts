import type { RequestHandler } from 'express';
import { z } from 'zod';
import { takeResetToken } from '../app/auth/resetTokens.ts';
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
export const resetPassword = (context: Context): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    const taken = await takeResetToken(context, token);
    if (!taken) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    context.users.update(taken.user.id, { passwordHash: await context.passwords.hash(password) });
    res.status(204).end();
  };
