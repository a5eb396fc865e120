import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { sessionName } from '../audit.ts';
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
  const { redis, users, passwords, sessions, audit, parts } = context;

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
    const { wait, right } = await attempt(
      redis,
      { account: accountKey(email, knownDevice(context, req, user?.id)), source: sourceKey(req.ip) },
      async () => (await passwords.match(user, password)) && user?.disabled === false,
    );
    if (wait > 0) {
      // Refuse the right password as well: a different answer would tell an attacker that a guess was right.
      audit({ name: 'authn_login_throttled', ip: req.ip });
      res.status(429).set('retry-after', String(wait)).json({ error: 'Too many tries. Try again later.' });
      return;
    }
    if (!right || !user) {
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
    // Changing the password or disabling the account ends the sessions on the user's list, and until now this one was
    // not listed. A parallel login during a rehash is refused here too, and succeeds when it is tried again.
    const current = users.byId(user.id);
    if (!current || current.disabled || current.passwordHash !== checkedHash) {
      const sid = req.sessionID;
      await destroy(req);
      await sessions.endWhere(user.id, (session) => session.sid === sid);
      refuse(req, res);
      return;
    }

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
  // A change of privilege needs a new session id: whoever knew the old one must not know this one.
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  // Save before the response: the next request may be faster than the store, and a failed save must not look like a
  // successful login.
  await save(req);
  await listSession(context, req, user);
}

/**
 * Returns the id of the basket that the user brings into the new session, if any. An attacker may know the id of a
 * basket from before the login, so its contents move to a new id. Of two logins at the same moment, one gets them.
 */
async function basketFor(context: Context, req: Request, user: User): Promise<string | undefined> {
  const { basketId, userId } = req.session;
  return basketId === undefined || userId === user.id ? basketId : takeBasket(context, basketId);
}

/** Adds the session to its user's list. Destroys it when that fails: a session that is not listed cannot be ended. */
export async function listSession(context: Context, req: Request, user: User): Promise<void> {
  const session = { sid: req.sessionID, device: req.get('user-agent') ?? 'unknown', loginAt: context.now() };
  let evicted: number;
  try {
    evicted = await context.sessions.add(user.id, session);
  } catch (error) {
    await destroy(req);
    throw error;
  }
  const name = sessionName(signingSecret(context), req.sessionID);
  context.audit({ name: 'session_created', userId: user.id, session: name, ip: req.ip });
  if (evicted > 0) context.audit({ name: 'excess_sessions_exceeded', userId: user.id });
}

/** POST /auth/logout */
export const logout = ({ sessions, audit }: Context): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    // The record is the session. Without it every copy of the cookie is worthless, wherever it is.
    await destroy(req);
    if (userId !== undefined) {
      await sessions.endWhere(userId, (session) => session.sid === sid);
      audit({ name: 'session_logout', userId, ip: req.ip });
    }
    // Clear-Site-Data removes cached pages. Some browsers ignore it, so the cookie is cleared separately.
    res.set('clear-site-data', '"cache"').clearCookie(cookieName, cookieAttributes).status(204).end();
  };
