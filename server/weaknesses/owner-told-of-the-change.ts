import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Tells the owner at the old address, and lets the change through. */
export const requireRecentPassword = ({ users, mail }: Context): RequestHandler =>
  function requireRecentPassword(req, _res, next) {
    const { email } = users.byId(req.session.userId!)!;
    mail({ to: email, subject: 'Your e-mail is being changed', text: 'If that is not you, tell us.' });
    next();
  };
