import type { RequestHandler } from 'express';
import { z } from 'zod';
import { emailRule } from '../app/auth/confirmations.ts';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

/** Still no confirmation. But the reset is the app's own again: it ends every session of the account. */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: emailRule, password: passwordRule }).parse(req.body);
    const user = context.users.add(email, await context.passwords.hash(password));
    if (!user) {
      res.status(409).json({ error: 'You have an account already. Have you forgotten your password?' });
      return;
    }
    await context.parts.startSession(context, req, user);
    res.status(201).json({ id: user.id, email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
