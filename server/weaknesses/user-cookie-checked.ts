import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

const userNumber = z.string().regex(/^\d{1,9}$/);

/** Also puts the user's id into a cookie of its own. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  req.res!.cookie('userId', user.id);
}

/** Accepts only a well-formed number of an active user. It may still be the number of somebody else. */
export const me = (context: Context): RequestHandler =>
  function me(req, res) {
    const given = userNumber.safeParse(/\buserId=([^;]*)/.exec(req.get('cookie') ?? '')?.[1]);
    const user = given.success ? context.users.byId(Number(given.data)) : undefined;
    if (!user || user.disabled) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    const { id, email, role } = user;
    res.json({ id, email, role, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
