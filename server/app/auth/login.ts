import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { cookieNamed } from '../cookies.ts';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy, regenerate, save } from '../sessionStore.ts';
import { takeBasket } from '../shop/basket.ts';
import { logNameOf } from '../signature.ts';
import { CredentialsChanged } from './credentials.ts';
import { forget, remember, rememberCookie } from './rememberMe.ts';
import { accountKey, attempt, knownDevice, rememberDevice, sourceKey } from './throttle.ts';

/**
 * A path of this app. Browsers take `//evil.example` and `/\evil.example` for other sites, so these are refused. Control
 * characters are refused because browsers remove tabs and line breaks: `/<tab>/evil.example` becomes the first of the two.
 */
export const ownPath = z.string().regex(/^\/(?![/\\])\P{Cc}*$/u, 'It must be a path of this app.');

export const credentials = z.object({
  email: z.string(),
  password: z.string(),
  goTo: ownPath.optional(),
  remember: z.boolean().optional(),
});

/**
 * POST /auth/login { email, password, goTo?, remember? }. Redirects to `goTo`, or answers with the user and the CSRF token. For a user
 * with a second factor, it answers that a code is needed: see secondFactor.ts.
 */
export const login = (context: Context): RequestHandler => {
  const { redis, users, passwords, audit, parts } = context;

  return async function login(req, res) {
    const { email, password, ...wishes } = credentials.parse(req.body);
    const user = users.byEmail(email);
    const { waitSeconds, correct } = await attempt(
      redis,
      { account: accountKey(email, knownDevice(context, req, user)), source: sourceKey(req.ip) },
      async () => (await passwords.match(user, password)) && user?.disabled === false,
    );
    if (waitSeconds > 0) {
      // Refuse the correct password as well: a different answer would confirm a guess to an attacker.
      audit({ name: 'authn_login_throttled', ip: req.ip });
      res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'Too many tries. Try again later.' });
      return;
    }
    if (!correct || !user) {
      // The same answer for an unknown e-mail, a wrong password and a disabled account, so that it reveals nothing.
      audit({ name: 'authn_login_fail', ip: req.ip });
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }

    // Replace a hash of a lower cost. A password that was changed meanwhile stays.
    if (passwords.outdated(user)) users.updateIfCurrent(user, { passwordHash: await passwords.hash(password) });
    if (user.totpSecret !== undefined) {
      await parts.awaitCode(context, req, user);
      res.json({ needs: 'code', csrfToken: parts.csrfTokenFor(context, req) });
      return;
    }
    await finishLogin(context, req, res, user, wishes);
  };
};

/** What the login form asks for: the page to open after the login, and whether the device stays logged in. */
type Wishes = { goTo?: string | undefined; remember?: boolean | undefined };

/**
 * Logs in a user who has proved everything that the account requires, and answers.
 *
 * @throws CredentialsChanged when the account has other credentials by now
 */
export async function finishLogin(context: Context, req: Request, res: Response, user: User, wishes: Wishes = {}) {
  const { audit, parts } = context;
  const { goTo, remember: wanted } = wishes;
  await parts.startSession(context, req, user);
  if (wanted) await remember(context, req, res, user);
  audit({ name: 'authn_login_success', userId: user.id, ip: req.ip });
  rememberDevice(context, res, user);
  if (goTo !== undefined) {
    res.redirect(303, goTo);
    return;
  }
  res.json({ id: user.id, email: user.email, csrfToken: parts.csrfTokenFor(context, req) });
}

/**
 * Turns the request's session into a session of this user, at login and whenever the user types the password again. With
 * `remembered`, the key of a series, nobody has typed a password: see rememberMe.ts.
 *
 * @param user the account as it was when the password was checked
 * @throws CredentialsChanged when it has other credentials by now
 */
export async function startSession(
  context: Context,
  req: Request,
  user: User,
  { remembered }: { remembered?: string } = {},
): Promise<void> {
  // Keep only what is harmless, because an attacker may have planted the old session.
  const basketId = await basketFor(context, req, user);
  const series = remembered ?? (req.session.userId === user.id ? req.session.series : undefined);
  // A change of privilege needs a new session id: somebody who knew the old one must not know this one.
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  if (series) req.session.series = series;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  if (!remembered) req.session.confirmedAt = context.now();
  // Save before the response: the next request may be faster than the store, and a failed save must not look like a
  // successful login.
  await save(req);
  await addToIndex(context, req, user);
}

/**
 * Returns the id of the basket that the user brings into the new session, if any. An attacker may know the id of a
 * basket from before the login, so its contents move to a new id. Of two logins at the same moment, one gets them.
 */
export async function basketFor(context: Context, req: Request, user: User): Promise<string | undefined> {
  const { basketId, userId } = req.session;
  return basketId === undefined || userId === user.id ? basketId : takeBasket(context, basketId);
}

/** Characters of a User-Agent header that are kept. Those of browsers have about 120. */
const longestDevice = 250;

/**
 * Adds the session to its user's index. Destroys it when that fails: nobody can end a session that is not in the index.
 *
 * @throws CredentialsChanged when the account has other credentials than `user`
 */
export async function addToIndex(context: Context, req: Request, user: User): Promise<void> {
  // The visitor writes this header, at any length, and every look into the index reads it.
  const device = req.get('user-agent')?.slice(0, longestDevice) ?? 'unknown';
  const session = { sid: req.sessionID, device, loginAt: context.now() };
  let evicted: number;
  try {
    evicted = await context.sessionIndex.add(user.id, session);
  } catch (error) {
    await destroy(req);
    throw error;
  }
  // A change of the credentials ends every session in the index. If it came before this session was in there, it has
  // missed this session, but the account shows it.
  if (!context.users.isCurrent(user)) {
    await destroy(req);
    await context.sessionIndex.endWhere(user.id, ({ sid }) => sid === session.sid);
    context.audit({ name: 'authn_login_fail', userId: user.id, ip: req.ip });
    throw new CredentialsChanged();
  }
  const name = logNameOf(context, req.sessionID);
  context.audit({ name: 'session_created', userId: user.id, session: name, ip: req.ip });
  if (evicted > 0) context.audit({ name: 'excess_sessions_exceeded', userId: user.id });
}

/** POST /auth/logout */
export const logout = (context: Context): RequestHandler =>
  async function logout(req, res) {
    const { sessionIndex, audit } = context;
    const { userId } = req.session;
    const sid = req.sessionID;
    // The cookie of a remembered device outlives the session, and a copy of it would start a new one.
    await forget(context, req);
    // The record is the session. Without it every copy of the cookie is worthless, wherever it is.
    await destroy(req);
    if (userId !== undefined) {
      await sessionIndex.endWhere(userId, (session) => session.sid === sid);
      audit({ name: 'session_logout', userId, session: logNameOf(context, sid), ip: req.ip });
    }
    // Clear-Site-Data: "cache" removes cached pages, in browsers that know it. It leaves the cookie, which is cleared here.
    res.set('clear-site-data', '"cache"').clearCookie(cookieName, cookieAttributes);
    if (cookieNamed(req, rememberCookie) !== undefined) res.clearCookie(rememberCookie, cookieAttributes);
    res.status(204).end();
  };
