import type { Request, Response } from 'express';
import type { Shop } from './app.ts';

/**
 * Whether whoever asks knows the password and does not only hold the cookie; when not, the request is answered here. Every route
 * that asks for the password asks here, so that a thief cannot go on guessing at one door when another has closed.
 */
export async function knowsPassword(
  { users, passwords, throttle }: Shop,
  req: Request<object>,
  res: Response,
  password: string,
): Promise<boolean> {
  const user = users.byId(req.session.userId!)!;
  // Counted for this session alone: the owner logs in anew and has tries again, which a thief without the password cannot.
  const account = throttle.accountKey(user.email, `session:${req.sessionID}`);
  const { wait, right } = await throttle.attempt({ account }, () => passwords.match(user, password));
  if (wait > 0) {
    res.status(429).set('retry-after', String(wait)).json({ error: 'Too many tries. Try again later.' });
    return false;
  }
  if (right) return true;
  res.status(403).json({ error: 'That is not your password.' });
  return false;
}
