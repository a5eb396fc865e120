import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { logNameOf } from '../audit.ts';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';
import { signingSecret } from '../services.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy, regenerate, save } from '../sessionStore.ts';
import { takeBasket } from '../shop/basket.ts';
import { accountKey, attempt, knownDevice, rememberDevice, sourceKey } from './throttle.ts';

/** A path of this app. Browsers take `//evil.example` and `/\evil.example` for other sites, so these are refused. */
const ownPath = z.string().regex(/^\/(?![/\\])/);

export const credentials = z.object({ email: z.string(), password: z.string(), goTo: ownPath.optional() });

/** POST /auth/login { email, password, goTo? }. Redirects to `goTo`, or answers with the user and the CSRF token. */
export const login = (context: Context): RequestHandler => {
  const { redis, users, passwords, sessionIndex, audit, parts } = context;

  /** Gives the same answer for an unknown e-mail, a wrong password and a disabled account, which reveals nothing. */
  const refuse = (req: Request, res: Response) => {
    audit({ name: 'authn_login_fail', ip: req.ip });
    res.status(401).json({ error: 'E-mail or password is wrong.' });
  };

  return async function login(req, res) {
    const { email, password, goTo } = credentials.parse(req.body);
    const user = users.byEmail(email);
    // Hashing takes a moment in which the account may change, so remember which hash the password is checked against.
    let checkedHash = user?.passwordHash;
    const { waitSeconds, correct } = await attempt(
      redis,
      { account: accountKey(email, knownDevice(context, req, user?.id)), source: sourceKey(req.ip) },
      async () => (await passwords.match(user, password)) && user?.disabled === false,
    );
    if (waitSeconds > 0) {
      // Refuse the correct password as well: a different answer would confirm a guess to an attacker.
      audit({ name: 'authn_login_throttled', ip: req.ip });
      res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'Too many tries. Try again later.' });
      return;
    }
    if (!correct || !user) {
      refuse(req, res);
      return;
    }

    if (passwords.outdated(user)) {
      const stronger = await passwords.hash(password);
      // Do not overwrite a password that was changed meanwhile.
      if (users.byId(user.id)?.passwordHash === checkedHash) {
        users.update(user.id, { passwordHash: stronger });
        checkedHash = stronger;
      }
    }

    await parts.startSession(context, req, user);
    // While this login was hashing, the user may have changed the password, or an admin may have disabled the account.
    // Both end every session in the user's index. This session was not in the index yet, so it would escape. It is in
    // the index now, so check the account once more: later changes will find the session.
    // When two logins of one user store a stronger hash at the same moment, one of them is refused here as well. It
    // succeeds when it is tried again.
    const current = users.byId(user.id);
    if (!current || current.disabled || current.passwordHash !== checkedHash) {
      const sid = req.sessionID;
      await destroy(req);
      await sessionIndex.endWhere(user.id, (session) => session.sid === sid);
      refuse(req, res);
      return;
    }

    audit({ name: 'authn_login_success', userId: user.id, ip: req.ip });
    rememberDevice(context, res, user.id);
    if (goTo !== undefined) {
      res.redirect(303, goTo);
      return;
    }
    res.json({ id: user.id, email: user.email, csrfToken: parts.csrfTokenFor(context, req) });
  };
};

/** Turns the request's session into a session of this user, at login and whenever the user types the password again. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  // Keep only what is harmless, because an attacker may have planted the old session.
  const basketId = await basketFor(context, req, user);
  // A change of privilege needs a new session id: somebody who knew the old one must not know this one.
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  // Save before the response: the next request may be faster than the store, and a failed save must not look like a
  // successful login.
  await save(req);
  await addToIndex(context, req, user);
}

/**
 * Returns the id of the basket that the user brings into the new session, if any. An attacker may know the id of a
 * basket from before the login, so its contents move to a new id. Of two logins at the same moment, one gets them.
 */
async function basketFor(context: Context, req: Request, user: User): Promise<string | undefined> {
  const { basketId, userId } = req.session;
  return basketId === undefined || userId === user.id ? basketId : takeBasket(context, basketId);
}

/** Adds the session to its user's index. Destroys it when that fails: nobody can end a session that is not in the index. */
export async function addToIndex(context: Context, req: Request, user: User): Promise<void> {
  const session = { sid: req.sessionID, device: req.get('user-agent') ?? 'unknown', loginAt: context.now() };
  let evicted: number;
  try {
    evicted = await context.sessionIndex.add(user.id, session);
  } catch (error) {
    await destroy(req);
    throw error;
  }
  const name = logNameOf(signingSecret(context), req.sessionID);
  context.audit({ name: 'session_created', userId: user.id, session: name, ip: req.ip });
  if (evicted > 0) context.audit({ name: 'excess_sessions_exceeded', userId: user.id });
}

/** POST /auth/logout */
export const logout = ({ sessionIndex, audit }: Context): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    // The record is the session. Without it every copy of the cookie is worthless, wherever it is.
    await destroy(req);
    if (userId !== undefined) {
      await sessionIndex.endWhere(userId, (session) => session.sid === sid);
      audit({ name: 'session_logout', userId, ip: req.ip });
    }
    // Clear-Site-Data removes cached pages. Some browsers ignore it, so the cookie is cleared separately.
    res.set('clear-site-data', '"cache"').clearCookie(cookieName, cookieAttributes).status(204).end();
  };
