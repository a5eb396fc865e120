import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy, regenerate, save } from '../sessionCalls.ts';

export const credentials = z.object({ email: z.string(), password: z.string() });

/** POST /auth/login { email, password } */
export const login = ({ users, sessions, now }: Shop): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = await users.verify(email, password);
    if (!user) {
      // One answer for an unknown e-mail and for a wrong password: which of them it was is nobody's business.
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }

    const { basket } = req.session;
    // A login is a change of privilege, so it gets a new id: whoever knew the old one knows nothing now.
    await regenerate(req);
    // From the old session only what is harmless whoever put it there.
    if (basket) req.session.basket = basket;
    req.session.userId = user.id;
    req.session.role = user.role;
    req.session.loginAt = now();
    // Before answering: the next request may be faster than the store, and a store that fails must not look like a login.
    await save(req);
    try {
      await sessions.add(user.id, { sid: req.sessionID, device: req.get('user-agent') ?? 'unknown', loginAt: now() });
    } catch (error) {
      // A session that its owner cannot see is one that cannot be ended.
      await destroy(req);
      throw error;
    }
    res.json({ id: user.id, email: user.email });
  };

/** POST /auth/logout */
export const logout = ({ sessions }: Shop): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    // The record is the session: with it gone, every copy of the cookie is worthless, wherever it is.
    await destroy(req);
    if (userId !== undefined) await sessions.remove(userId, sid);
    res.clearCookie(cookieName, cookieAttributes).status(204).end();
  };
