import type { RequestHandler } from 'express';
import { z } from 'zod';
import { takeConfirmation } from '../app/auth/confirmations.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { type Passwords, createPasswords as usual } from '../app/passwords.ts';
import type { Bcrypt } from '../app/services.ts';

/** The usual cost again, but a stored hash is compared with a typed password of any length. */
export function createPasswords(cost: number, bcrypt: Bcrypt): Passwords {
  return {
    ...usual(cost, bcrypt),
    match: async (user: User | undefined, password: string) =>
      user !== undefined && bcrypt.compare(password, user.passwordHash),
  };
}

/** At most 72 characters. bcrypt counts bytes, and a character can have four. */
export const confirmEmail = (context: Context): RequestHandler =>
  async function confirmEmail(req, res) {
    const { token, password } = z.object({ token: z.string(), password: z.string().min(8).max(72) }).parse(req.body);
    const taken = await takeConfirmation(context, token);
    const user = taken && context.users.add(taken.asked.email, await context.passwords.hash(password));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    res.status(204).end();
  };
