import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import { sessionName } from '../audit.ts';
import type { User } from '../db.ts';
import { knownDevice, rememberDevice } from '../device.ts';
import { knowsPassword } from '../knowsPassword.ts';
import { signingSecret } from '../services.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy, regenerate, save } from '../sessionCalls.ts';
import { takeBasket } from './basket.ts';

/** A path of ours: `//evil.example` and `/\\evil.example` are other sites to a browser, and a login must not lead there. */
const ownPath = z.string().regex(/^\/(?![/\\])/);

export const credentials = z.object({ email: z.string(), password: z.string(), goTo: ownPath.optional() });

/** POST /auth/login { email, password, goTo }: the token for the page's script, or on to the page the login is for. */
export const login = (shop: Shop): RequestHandler => {
  const { users, passwords, throttle, audit } = shop;
  /** One answer for an unknown e-mail, a wrong password and a disabled account: which it was is nobody's business. */
  const refuse = (req: Request, res: Response) => {
    audit({ name: 'authn_login_fail', ip: req.ip });
    res.status(401).json({ error: 'E-mail or password is wrong.' });
  };
  return async function login(req, res) {
    const { email, password, goTo } = credentials.parse(req.body);
    const user = users.byEmail(email);
    // As it is before the password is checked: that takes a moment, and the account may change in it.
    let checked = user?.passwordHash;
    const account = throttle.accountKey(email, knownDevice(shop, req, user?.id));
    const { wait, right } = await throttle.attempt(
      { account, source: throttle.sourceKey(req.ip) },
      async () => (await passwords.match(user, password)) && user?.disabled === false,
    );
    if (wait > 0) {
      // Also with the right password: an answer that differs would tell the guesser which one it was.
      audit({ name: 'authn_login_throttled', ip: req.ip });
      res.status(429).set('retry-after', String(wait)).json({ error: 'Too many tries. Try again later.' });
      return;
    }

    if (!right || !user) {
      refuse(req, res);
      return;
    }

    if (passwords.outdated(user)) {
      const renewed = await passwords.hash(password);
      // Hashing takes another. A password that was changed meanwhile must not be undone by the old one.
      if (users.byId(user.id)?.passwordHash === checked) {
        users.update(user.id, { passwordHash: renewed });
        checked = renewed;
      }
    }
    await shop.parts.startSession(shop, req, user);
    // Whoever changed the password or disabled the account meanwhile ended the sessions on the list, and this was not on it yet.
    // A second login at the very moment of a renewal is refused as well, and succeeds when it is tried again.
    const now = users.byId(user.id);
    if (!now || now.disabled || now.passwordHash !== checked) {
      const sid = req.sessionID;
      await destroy(req);
      await shop.sessions.endWhere(user.id, (session) => session.sid === sid);
      refuse(req, res);
      return;
    }
    rememberDevice(shop, res, user.id);
    if (goTo !== undefined) {
      res.redirect(303, goTo);
      return;
    }
    res.json({ id: user.id, email: user.email, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
};

/** Make the request's session one of this user: at login, and again whenever what it may do changes. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  // From the old session only what is harmless whoever put it there.
  const basketId = await basketFor(shop, req, user);
  // A change of privilege gets a new id: whoever knew the old one knows nothing now.
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = shop.now();
  req.session.confirmedAt = shop.now();
  // Before answering: the next request may be faster than the store, and a store that fails must not look like a login.
  await save(req);
  await listSession(shop, req, user);
}

/**
 * The basket of the session that a login comes with. Two logins at the same moment may both come with that session, one of them
 * somebody else's: so whoever logs in takes the basket away from whoever else knows its name.
 */
async function basketFor(shop: Shop, req: Request, user: User): Promise<string | undefined> {
  const { basketId, userId } = req.session;
  return basketId === undefined || userId === user.id ? basketId : takeBasket(shop, basketId);
}

/** Put the session on its user's list. */
export async function listSession(shop: Shop, req: Request, user: User): Promise<void> {
  const session = { sid: req.sessionID, device: req.get('user-agent') ?? 'unknown', loginAt: shop.now() };
  let evicted: number;
  try {
    evicted = await shop.sessions.add(user.id, session);
  } catch (error) {
    // A session that its owner cannot see is one that cannot be ended.
    await destroy(req);
    throw error;
  }
  const name = sessionName(signingSecret(shop), req.sessionID);
  shop.audit({ name: 'session_created', userId: user.id, session: name, ip: req.ip });
  if (evicted > 0) shop.audit({ name: 'excess_sessions_exceeded', userId: user.id });
}

/** POST /auth/logout */
export const logout = ({ sessions, audit }: Shop): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    // The record is the session: with it gone, every copy of the cookie is worthless, wherever it is.
    await destroy(req);
    if (userId !== undefined) {
      await sessions.endWhere(userId, (session) => session.sid === sid);
      audit({ name: 'session_logout', userId, ip: req.ip });
    }
    // The pages the browser kept go as well; the cookie is cleared by name, which works where this header does not.
    res.set('clear-site-data', '"cache"').clearCookie(cookieName, cookieAttributes).status(204).end();
  };

/** POST /auth/confirm { password }: the person, not only the cookie, is here. */
export const confirm = (shop: Shop): RequestHandler =>
  async function confirm(req, res) {
    const { password } = z.object({ password: z.string() }).parse(req.body);
    const user = shop.users.byId(req.session.userId!)!;
    if (!(await knowsPassword(shop, req, res, password))) return;
    const old = req.sessionID;
    await shop.parts.startSession(shop, req, user);
    await shop.sessions.endWhere(user.id, ({ sid }) => sid === old);
    shop.audit({ name: 'session_renewed', userId: user.id, ip: req.ip });
    res.json({ csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
