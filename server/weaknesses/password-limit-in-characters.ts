import bcrypt from 'bcrypt';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { askToConfirm, emailRule } from '../app/auth/confirmEmail.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { type Passwords, createPasswords as usual } from '../app/passwords.ts';

/** The usual cost again, but a stored hash is compared with whatever is typed, however long. */
export function createPasswords(cost: number): Passwords {
  return {
    ...usual(cost),
    match: async (user: User | undefined, password: string) =>
      user !== undefined && bcrypt.compare(password, user.passwordHash),
  };
}

/** At most 72 characters. bcrypt counts bytes, and a character can have four. */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: emailRule, password: z.string().min(8).max(72) }).parse(req.body);
    await askToConfirm(context, { email, passwordHash: await context.passwords.hash(password) });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
