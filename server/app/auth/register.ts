import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Context } from '../parts.ts';
import { passwordRule } from '../passwords.ts';

/** POST /auth/register { email, password }. If the e-mail is taken, the answer is the same, but the mail is not. */
export const register = ({ users, passwords, mail }: Context): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: z.email(), password: passwordRule }).parse(req.body);
    // Hash first, so that an e-mail that is taken takes as long as a free one.
    const added = users.add(email, await passwords.hash(password));
    mail(
      added
        ? { to: email, subject: 'Welcome', text: 'Your account is ready.' }
        : { to: email, subject: 'You have an account already', text: 'Somebody tried to register with your e-mail.' },
    );
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
