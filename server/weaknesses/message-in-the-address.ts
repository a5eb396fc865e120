import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import { accountKey, attempt, sourceKey } from '../app/auth/throttle.ts';
import type { Context } from '../app/parts.ts';

/** The redirect carries the message, so nothing is stored. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    const keys = { account: accountKey(email, undefined), source: sourceKey(req.ip) };
    const { correct } = await attempt(context.redis, keys, () => context.passwords.match(user, password));
    if (!correct || !user || user.disabled) {
      res.redirect(303, `/?message=${encodeURIComponent('E-mail or password is wrong.')}`);
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };

/** Anybody can write a link to this page, and with it the message. */
export const home = (): RequestHandler =>
  function home(req, res) {
    res.json({ shop: 'Hats and rabbits', message: req.query.message });
  };
