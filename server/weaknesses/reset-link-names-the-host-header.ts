import type { RequestHandler } from 'express';
import { z } from 'zod';
import { createResetToken } from '../app/auth/resetTokens.ts';
import type { Context } from '../app/parts.ts';

/** X-Forwarded-Host no longer counts. But the sender of a request chooses the Host header, too. */
export const forgotPassword = (context: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = context.users.byEmail(email);
    if (user) {
      const token = await createResetToken(context, user);
      const link = `https://${req.get('host')}/#reset=${token}`;
      context.mail({ to: user.email, subject: 'Reset your password', text: link });
    }
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };
