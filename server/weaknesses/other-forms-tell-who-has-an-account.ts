import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

/** The login reveals nothing any more. The registration still says that an e-mail is taken. */
export const register = ({ users, passwords, mail }: Context): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: z.email(), password: passwordRule }).parse(req.body);
    const user = users.add(email, await passwords.hash(password));
    if (!user) return void res.status(409).json({ error: 'There is an account with this e-mail already.' });
    mail({ to: email, subject: 'Welcome', text: 'Your account is ready.' });
    res.status(201).json({ id: user.id, email });
  };

/** So does the form for a forgotten password. */
export const forgotPassword = ({ users, mail }: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    if (!user) return void res.status(404).json({ error: 'There is no account with this e-mail.' });
    mail({ to: user.email, subject: 'Reset your password', text: 'Follow the link.' });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
