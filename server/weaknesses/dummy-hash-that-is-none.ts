import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';

/** Invented: it starts like a hash, but does not even have a complete salt. */
const dummyHash = '$2b$12$no.such.user';

/** Compares a hash for an unknown e-mail too, but bcrypt recognizes at once that this hash is invalid. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    const matches = await context.bcrypt.compare(password, user?.passwordHash ?? dummyHash);
    if (!matches || !user || user.disabled) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
