import { sign } from 'cookie-signature';
import type { Request } from 'express';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { signingSecret } from '../app/services.ts';

const oneYear = 365 * 24 * 60 * 60 * 1000;

/** The profile is signed, so nobody can write another name or role into it. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  const { email, role } = user;
  const profile = sign(JSON.stringify({ email, role }), signingSecret(context));
  req.res!.cookie('profile', profile, { maxAge: oneYear, httpOnly: true, secure: true, sameSite: 'lax' });
}
