import type { Request, RequestHandler } from 'express';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

/** Also puts the user's id into a cookie of its own, where scripts can read it. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  req.res!.cookie('userId', user.id);
}

/** The session says that somebody is logged in. Who it is comes from a cookie that anybody can change. */
export const me = (context: Context): RequestHandler =>
  function me(req, res) {
    const userId = /\buserId=(\d+)/.exec(req.get('cookie') ?? '')?.[1];
    const user = context.users.byId(Number(userId));
    if (!user) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    const { id, email, role } = user;
    res.json({ id, email, role, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
