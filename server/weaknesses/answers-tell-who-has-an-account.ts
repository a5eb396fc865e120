import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app/app.ts';
import { passwordRule } from '../app/routes/account.ts';
import { credentials } from '../app/routes/auth.ts';

/** As helpful as can be: says which of the two was wrong. */
export const login = (shop: Shop): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = shop.users.byEmail(email);
    if (!user) return void res.status(404).json({ error: 'There is no account with this e-mail.' });
    if (user.disabled) return void res.status(403).json({ error: 'This account is disabled.' });
    const account = shop.throttle.accountKey(email, undefined);
    const { wait, right } = await shop.throttle.attempt({ account }, () => shop.passwords.match(user, password));
    if (wait > 0) {
      res.status(423).set('retry-after', String(wait)).json({ error: 'This account is locked for a while.' });
      return;
    }
    if (!right) return void res.status(401).json({ error: 'The password is wrong.' });
    await shop.parts.startSession(shop, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };

/** Says that an e-mail is taken. */
export const register = ({ users, passwords, mail }: Shop): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: z.email(), password: passwordRule }).parse(req.body);
    const user = users.add(email, await passwords.hash(password));
    if (!user) return void res.status(409).json({ error: 'There is an account with this e-mail already.' });
    mail({ to: email, subject: 'Welcome', text: 'Your account is ready.' });
    res.status(201).json({ id: user.id, email });
  };

/** Says that there is nobody to send a mail to. */
export const forgotPassword = ({ users, mail }: Shop): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    if (!user) return void res.status(404).json({ error: 'There is no account with this e-mail.' });
    mail({ to: user.email, subject: 'Reset your password', text: 'Follow the link.' });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
