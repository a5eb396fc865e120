import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';

/** Gives the same answer in both cases, but answers an unknown e-mail at once because there is no hash to compare. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    if (!user || user.disabled || !(await context.bcrypt.compare(password, user.passwordHash))) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
