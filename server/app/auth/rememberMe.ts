/** “Remember me”: a device stays logged in when its session is over, with a cookie of its own. */
import type { Request, RequestHandler, Response } from 'express';
import { cookieNamed } from '../cookies.ts';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';
import { cookieAttributes } from '../session.ts';
import { destroy } from '../sessionStore.ts';
import { createSeries, forgetDevice, forgetDevices, ownerOf, partsOf, rememberedMs } from './rememberTokens.ts';

/** It has the attributes of the session cookie, because it is worth as much, and the prefix, so that nobody can plant one. */
export const rememberCookie = '__Host-remember';

/** Remembers the device of a user who has just logged in. */
export async function remember(context: Context, req: Request, res: Response, user: User): Promise<void> {
  await forget(context, req);
  const value = await createSeries(context, user);
  req.session.series = partsOf(value).series;
  res.cookie(rememberCookie, value, { ...cookieAttributes, maxAge: rememberedMs });
  context.audit({ name: 'authn_token_created', userId: user.id, ip: req.ip });
}

/** Ends the series that the request's cookie names, and that of its session. */
export async function forget(context: Context, req: Request): Promise<void> {
  const value = cookieNamed(req, rememberCookie);
  const named = value === undefined ? undefined : partsOf(value).series;
  for (const series of new Set([named, req.session.series])) {
    if (series !== undefined) await forgetDevice(context, series);
  }
}

/**
 * POST /auth/resume. The page sends it when the session is over. It starts a session that is no fresh login: the password
 * does not count as typed, so sensitive changes ask for it.
 */
export const resume = (context: Context): RequestHandler =>
  async function resume(req, res) {
    const { audit, parts, sessionIndex } = context;
    if (req.session.userId !== undefined) {
      res.status(409).json({ error: 'You have a session already.' });
      return;
    }
    const value = cookieNamed(req, rememberCookie);
    const taken = value === undefined ? undefined : await parts.takeRememberToken(context, value);
    if (!taken || taken.stolen) {
      if (taken) await endStolen(context, req, taken.user);
      res.clearCookie(rememberCookie, cookieAttributes).status(401).json({ error: 'Log in first.' });
      return;
    }
    const { user, series, next } = taken;
    await parts.startSession(context, req, user, { remembered: series });
    // A logout of all devices ends the series first, and then the sessions in the index. If one happened meanwhile, it may
    // have missed the new session, but has ended its series.
    if (!(await ownerOf(context, series))) {
      const { sessionID } = req;
      await destroy(req);
      await sessionIndex.endWhere(user.id, ({ sid }) => sid === sessionID);
      res.clearCookie(rememberCookie, cookieAttributes).status(401).json({ error: 'Log in first.' });
      return;
    }
    if (next) res.cookie(rememberCookie, next.value, { ...cookieAttributes, maxAge: next.maxAge });
    audit({ name: 'authn_login_success', userId: user.id, ip: req.ip });
    res.json({ id: user.id, email: user.email, csrfToken: parts.csrfTokenFor(context, req) });
  };

/** Two people have the cookie, and nothing tells which one is the owner. Both have to log in. */
async function endStolen(context: Context, req: Request, { id, email }: User): Promise<void> {
  await forgetDevices(context, id);
  await context.sessionIndex.endWhere(id, () => true);
  context.audit({ name: 'authn_token_reuse', userId: id, ip: req.ip });
  context.mail({
    to: email,
    subject: 'Somebody has a copy of your login',
    text: 'A cookie of yours was used twice. All devices were logged out. Log in again, and change your password.',
  });
}
