import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { reauthenticate } from '../auth/reauthenticate.ts';
import { forgetDevice, forgetDevices } from '../auth/rememberTokens.ts';
import { signedSessionId } from '../cookies.ts';
import { userOf } from '../middleware/requireAuth.ts';
import type { Context } from '../parts.ts';
import { recordPrefix } from '../session.ts';
import { load } from '../sessionStore.ts';

/** GET /sessions: where the user is logged in. It contains handles, not session ids, so it is not worth stealing. */
export const listSessions = ({ sessionIndex }: Context): RequestHandler =>
  async function listSessions(req, res) {
    const listed = await sessionIndex.list(req.session.userId!);
    res.json({
      sessions: listed.map(({ handle, device, loginAt, sid }) => ({
        handle,
        device,
        loginAt: new Date(loginAt).toISOString(),
        current: sid === req.sessionID,
      })),
    });
  };

/** POST /sessions/:handle/end { password } */
export const endSession = (context: Context): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(context, req, res))) return;
    // This searches the user's own sessions only, so the handle of another user's session is not found.
    const isMeant = ({ handle }: { handle: string }) => handle === req.params.handle;
    const userId = req.session.userId!;
    await forgetDeviceOf(context, (await context.sessionIndex.list(userId)).find(isMeant)?.sid);
    const ended = await context.sessionIndex.endWhere(userId, isMeant);
    if (ended === 0) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    context.audit({ name: 'session_revoked', userId, ip: req.ip });
    res.status(204).end();
  };

/** Otherwise the device would come back without a password. */
async function forgetDeviceOf(context: Context, sid: string | undefined): Promise<void> {
  const series = sid === undefined ? undefined : (await load(context.store, sid))?.series;
  if (series !== undefined) await forgetDevice(context, series);
}

/** POST /sessions/end-others { password }. It also ends the remembered devices whose sessions are over. */
export const endOtherSessions = (context: Context): RequestHandler =>
  async function endOtherSessions(req, res) {
    if (!(await confirmsPassword(context, req, res))) return;
    await forgetDevices(context, req.session.userId!, req.session.series);
    const ended = await context.sessionIndex.endWhere(req.session.userId!, ({ sid }) => sid !== req.sessionID);
    context.audit({ name: 'session_revoked', userId: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };

/** Reauthenticates the user with the password in the body. Otherwise a thief with the cookie could log the user out. */
export async function confirmsPassword(context: Context, req: Request<object>, res: Response): Promise<boolean> {
  const { password } = z.object({ password: z.string() }).parse(req.body);
  return (await reauthenticate(context, req, res, password)) !== undefined;
}

/** POST /session/extend: the user is still here. Like any request it renews the cookie and the record (`rolling`). */
export const extendSession = (): RequestHandler =>
  function extendSession(_req, res) {
    res.status(204).end();
  };

/**
 * GET /session/left: milliseconds until the session ends if nothing renews it, and 0 when there is none. Pages ask this
 * to warn the user in time (WCAG 2.2.1). It runs without the session middleware: if asking renewed the session, an open
 * page would keep it alive forever.
 */
export const timeLeft = (context: Context): RequestHandler =>
  async function timeLeft(req, res) {
    const sid = signedSessionId(req, context);
    const left = sid === undefined ? 0 : await millisecondsLeft(context, sid);
    res.set('cache-control', 'no-store').json({ left: Math.max(0, left) });
  };

/** Returns the time until the nearer one of the two limits. It is negative when there is no session. */
async function millisecondsLeft(context: Context, sid: string): Promise<number> {
  const { redis, store, absoluteMs, now } = context;
  const [idleLeft, record] = await Promise.all([redis.pttl(recordPrefix + sid), load(store, sid)]);
  if (record?.userId === undefined) return idleLeft;
  return userOf(context, record) ? Math.min(idleLeft, record.loginAt + absoluteMs - now()) : 0;
}
