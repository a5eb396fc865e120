import bcrypt from 'bcrypt';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { askToConfirm, emailRule } from '../app/auth/confirmEmail.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { type Passwords, createPasswords as usual } from '../app/passwords.ts';

/** Logins should be fast. */
const cost = 4;

/** The lowest cost, and no check of the length: bcrypt cuts the password. */
export function createPasswords(usualCost: number): Passwords {
  return {
    ...usual(usualCost),
    hash: (password) => bcrypt.hash(password, cost),
    match: async (user: User | undefined, password: string) =>
      user !== undefined && bcrypt.compare(password, user.passwordHash),
    outdated: () => false,
  };
}

/** "The longer the better": a password has at least eight characters, and no upper limit. */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: emailRule, password: z.string().min(8) }).parse(req.body);
    await askToConfirm(context, { email, passwordHash: await context.passwords.hash(password) });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
