import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** No login sets the cookie any more. Where a browser still has one, it still counts. */
export const me = (context: Context): RequestHandler =>
  function me(req, res) {
    const fromCookie = /\buserId=(\d+)/.exec(req.get('cookie') ?? '')?.[1];
    const user = context.users.byId(fromCookie === undefined ? req.session.userId! : Number(fromCookie));
    if (!user) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    const { id, email, role } = user;
    res.json({ id, email, role, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
