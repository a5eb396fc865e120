import bcrypt from 'bcrypt';
import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';

/** A complete hash, from the time when the shop hashed with cost 6. The hashes of its users cost more today. */
const dummyHash = bcrypt.genSaltSync(6) + '.'.repeat(31);

/** Compares a hash for an unknown e-mail too, but a cheaper one. */
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
