import type { RequestHandler } from 'express';
import { z } from 'zod';
import { refuseTooMany, secondsOverLimit } from '../middleware/requestLimit.ts';
import type { Context } from '../parts.ts';
import { passwordRule } from '../passwords.ts';
import { askToConfirm, emailRule } from './confirmEmail.ts';

/**
 * POST /auth/register { email, password }. The account exists when the link in the mail was used. If the e-mail is
 * taken, the answer is the same, but the mail is not.
 */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: emailRule, password: passwordRule }).parse(req.body);
    const wait = await secondsOverLimit(context.redis, 'register', req.ip);
    if (wait > 0) return refuseTooMany(res, wait);
    // Hash first, so that an e-mail that is taken takes as long as a free one.
    await askToConfirm(context, { email, passwordHash: await context.passwords.hash(password) });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
