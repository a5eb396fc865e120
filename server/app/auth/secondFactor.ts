/** The second half of a login: a code from the authenticator app of the user who has typed the password. */
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import type { User } from '../db.ts';
import { userOf } from '../middleware/requireAuth.ts';
import type { Context } from '../parts.ts';
import { regenerate, save } from '../sessionStore.ts';
import { codeRule, takeCode } from './codes.ts';
import { basketFor, finishLogin, ownPath } from './login.ts';
import { attempt, codeKey, knownDevice, sourceKey } from './throttle.ts';

/** Milliseconds from the password to the code. */
export const mostWaitMs = 5 * 60 * 1000;

const form = z.object({ code: codeRule, goTo: ownPath.optional(), remember: z.boolean().optional() });

/**
 * Turns the request's session into one that waits for this user's code. It stores who has typed the password, but it is
 * no login: `userId` stays empty, so nothing that requires a login opens.
 */
export async function awaitCode(context: Context, req: Request, user: User): Promise<void> {
  const basketId = await basketFor(context, req, user);
  // A new session id, as in startSession(): somebody who planted the old one must not type the code in this session.
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  const { id: userId, credentialVersion } = user;
  req.session.pending = { userId, credentialVersion, passwordAt: context.now() };
  await save(req);
}

/** POST /auth/second-factor { code, goTo?, remember? }. Answers as the login of a user without a second factor. */
export const secondFactor = (context: Context): RequestHandler => {
  const { redis, audit } = context;

  return async function secondFactor(req, res) {
    const { code, ...wishes } = form.parse(req.body);
    const user = userAwaited(context, req);
    if (!user) {
      res.status(401).json({ error: 'Type your password first.' });
      return;
    }
    const { waitSeconds, correct } = await attempt(
      redis,
      { account: codeKey(user, knownDevice(context, req, user)), source: sourceKey(req.ip) },
      async () => takeCode(context, user, code),
    );
    if (waitSeconds > 0) {
      audit({ name: 'authn_login_throttled', userId: user.id, ip: req.ip });
      res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'Too many tries. Try again later.' });
      return;
    }
    if (!correct) {
      audit({ name: 'authn_login_fail', userId: user.id, ip: req.ip });
      res.status(401).json({ error: 'This code is wrong, or it was used before. Wait for the next one.' });
      return;
    }
    await finishLogin(context, req, res, user, wishes);
  };
};

/** Returns the user whose code the session waits for, or undefined when it waits for none, or has waited too long. */
export function userAwaited(context: Context, { session }: Request): User | undefined {
  const { pending } = session;
  if (pending === undefined || context.now() - pending.passwordAt >= mostWaitMs) return undefined;
  return userOf(context, pending);
}
