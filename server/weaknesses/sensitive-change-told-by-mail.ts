import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Lets every session make sensitive changes, and tells the user of each one. */
export const requireRecentPassword = ({ users, mail }: Context): RequestHandler =>
  function requireRecentPassword(req, _res, next) {
    const { email } = users.byId(req.session.userId!)!;
    mail({
      to: email,
      subject: 'A change in your name',
      text: `${req.method} ${req.path}. If that was not you, tell us.`,
    });
    next();
  };
