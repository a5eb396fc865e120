import type { RequestHandler } from 'express';
import { z } from 'zod';
import { emailRule } from '../app/auth/confirmations.ts';
import { takeResetToken } from '../app/auth/resetTokens.ts';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

/**
 * As in most tutorials: an e-mail and a password are enough for an account, and log in at once. At least 35 of 75 large
 * sites could be attacked in this or a similar way (Sudhodanan and Paverd, "Pre-hijacked accounts", USENIX Security 2022).
 */
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

/** The owner gets in with a new password. Sessions that somebody else has started go on. */
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
