/** Asks a logged-in user for the password again, because a thief can have the cookie without knowing the password. */
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';
import { codeRule, takeCode } from './codes.ts';
import { CredentialsChanged } from './credentials.ts';
import { accountKey, attempt } from './throttle.ts';

/** POST /auth/confirm { password, code? }. Gives the user a new session, in which the password counts as typed just now. */
export const confirm = (context: Context): RequestHandler =>
  async function confirm(req, res) {
    const { password } = z.object({ password: z.string() }).parse(req.body);
    const user = await reauthenticate(context, req, res, password);
    if (!user) return;
    const old = req.sessionID;
    await context.parts.startSession(context, req, user);
    await context.sessionIndex.endWhere(user.id, ({ sid }) => sid === old);
    context.audit({ name: 'session_renewed', userId: user.id, ip: req.ip });
    res.json({ csrfToken: context.parts.csrfTokenFor(context, req) });
  };

/**
 * Lets a request through when the user has typed the password recently. Stands behind requireAuth. The `error` here, and
 * `code_required` below, are no sentences: the script of a page recognizes them and asks for what is missing.
 */
export const requireRecentPassword = ({ now, recentPasswordMs }: Context): RequestHandler =>
  function requireRecentPassword(req, res, next) {
    const { confirmedAt } = req.session;
    if (confirmedAt !== undefined && now() - confirmedAt < recentPasswordMs) return next();
    res.status(403).json({ error: 'reauth_required' });
  };

/**
 * Checks the password of the logged-in user, and of a user with a second factor also the `code` in the body. Returns the
 * account as it was then, or undefined when something is wrong or may not be tried: then this function has answered.
 *
 * Every route that takes the current password uses it, so that all of them share one counter of wrong tries.
 *
 * @throws CredentialsChanged when the password was right, but has been changed during the check
 */
export async function reauthenticate(
  context: Context,
  req: Request<object>,
  res: Response,
  password: string,
): Promise<User | undefined> {
  const { redis, users, passwords, audit } = context;
  const { code } = z.object({ code: codeRule.optional() }).parse(req.body);
  const user = users.byId(req.session.userId!)!;
  // Before the password is checked, so that nobody can try passwords without the second factor.
  if (user.totpSecret !== undefined && code === undefined) {
    res.status(403).json({ error: 'code_required' });
    return undefined;
  }
  // Each session has its own counter. The user can log in again for new tries. A thief without the password cannot.
  const account = accountKey(user.email, `session:${req.sessionID}`);
  const { waitSeconds, correct } = await attempt(redis, { account }, proves);
  if (waitSeconds > 0) {
    audit({ name: 'authn_login_throttled', userId: user.id, ip: req.ip });
    res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'Too many tries. Try again later.' });
    return undefined;
  }
  if (!correct) {
    audit({ name: 'authn_login_fail', userId: user.id, ip: req.ip });
    const what = user.totpSecret === undefined ? 'your password' : 'your password and an unused code';
    res.status(403).json({ error: `That is not ${what}.` });
    return undefined;
  }
  if (!users.isCurrent(user)) throw new CredentialsChanged();
  return user;

  /** A wrong password leaves the code unused, so the owner need not wait for the next one. */
  async function proves(): Promise<boolean> {
    if (!(await passwords.match(user, password))) return false;
    return user.totpSecret === undefined || takeCode(context, user, code!);
  }
}
