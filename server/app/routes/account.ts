import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import { knowsPassword } from '../knowsPassword.ts';
import { fits } from '../passwords.ts';

export const passwordRule = z.string().min(8).refine(fits, 'A password has at most 72 bytes.');

/** POST /auth/register { email, password }. The answer is the same for an e-mail that is taken: its owner gets a mail instead. */
export const register = ({ users, passwords, mail }: Shop): RequestHandler =>
  async function register(req, res) {
    const { email, password } = z.object({ email: z.email(), password: passwordRule }).parse(req.body);
    // Hashed before looking, so that a taken e-mail takes as long as a free one.
    const added = users.add(email, await passwords.hash(password));
    mail(
      added
        ? { to: email, subject: 'Welcome', text: 'Your account is ready.' }
        : { to: email, subject: 'You have an account already', text: 'Somebody tried to register with your e-mail.' },
    );
    res.status(202).json({ message: 'We have sent you a mail.' });
  };

/** POST /account/email { email }, behind requireRecentPassword: whoever owns the e-mail can reset the password. */
export const changeEmail = ({ users, mail }: Shop): RequestHandler =>
  async function changeEmail(req, res) {
    const { email } = z.object({ email: z.email() }).parse(req.body);
    const user = users.byId(req.session.userId!)!;
    if (users.byEmail(email)) {
      res.status(409).json({ error: 'This e-mail cannot be used.' });
      return;
    }
    mail({
      to: user.email,
      subject: 'Your e-mail was changed',
      text: `It is ${email} now. If that was not you, tell us.`,
    });
    users.update(user.id, { email: email.toLowerCase() });
    res.json({ email });
  };

/** POST /account/password { currentPassword, newPassword } */
export const changePassword = (shop: Shop): RequestHandler =>
  async function changePassword(req, res) {
    const change = z.object({ currentPassword: z.string(), newPassword: passwordRule });
    const { currentPassword, newPassword } = change.parse(req.body);
    const user = shop.users.byId(req.session.userId!)!;
    // A thief holds the cookie, not the password: without it the account would be theirs for good.
    if (!(await knowsPassword(shop, req, res, currentPassword))) return;
    shop.users.update(user.id, { passwordHash: await shop.passwords.hash(newPassword) });
    // One changes a password because somebody else may know it, and that somebody may be logged in.
    await shop.parts.startSession(shop, req, user);
    const ended = await shop.sessions.endWhere(user.id, ({ sid }) => sid !== req.sessionID);
    shop.audit({ name: 'authn_password_change', userId: user.id, ip: req.ip });
    shop.mail({ to: user.email, subject: 'Your password was changed', text: 'All other devices were logged out.' });
    res.json({ ended, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
