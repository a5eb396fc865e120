import type { RequestHandler } from 'express';
import { z } from 'zod';
import { refuseTooMany, secondsOverLimit } from '../middleware/requestLimit.ts';
import type { Context } from '../parts.ts';
import { emailRule } from './confirmations.ts';
import { askToConfirm } from './confirmEmail.ts';

/**
 * POST /auth/register { email }. The link in the mail creates the account, and its page asks for the password. So
 * somebody who registers the e-mail of another person does not know the password of the account that results. If the
 * e-mail is taken, the answer is the same, but the mail is not.
 */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { email } = z.object({ email: emailRule }).parse(req.body);
    const wait = await secondsOverLimit(context.redis, 'register', req.ip);
    if (wait > 0) return refuseTooMany(res, wait);
    await askToConfirm(context, { email });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
