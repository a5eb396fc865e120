import type { RequestHandler } from 'express';
import { z } from 'zod';
import { takeConfirmation } from '../app/auth/confirmations.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { type Passwords, createPasswords as usual } from '../app/passwords.ts';
import type { Bcrypt } from '../app/services.ts';

/** Logins should be fast. */
const cost = 4;

/** The lowest cost, and no check of the length: bcrypt cuts the password. */
export function createPasswords(usualCost: number, bcrypt: Bcrypt): Passwords {
  return {
    ...usual(usualCost, bcrypt),
    hash: (password) => bcrypt.hash(password, cost),
    match: async (user: User | undefined, password: string) =>
      user !== undefined && bcrypt.compare(password, user.passwordHash),
    outdated: () => false,
  };
}

/** "The longer the better": a password has at least eight characters, and no upper limit. */
export const confirmEmail = (context: Context): RequestHandler =>
  async function confirmEmail(req, res) {
    const { token, password } = z.object({ token: z.string(), password: z.string().min(8) }).parse(req.body);
    const taken = await takeConfirmation(context, token);
    const user = taken && context.users.add(taken.asked.email, await context.passwords.hash(password));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    res.status(204).end();
  };
