import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import { knowsPassword } from '../knowsPassword.ts';

const confirmation = z.object({ password: z.string() });

/** GET /sessions: where am I logged in? Handles, never ids: the list itself must not be worth stealing. */
export const listSessions = ({ sessions }: Shop): RequestHandler =>
  async function listSessions(req, res) {
    const listed = await sessions.list(req.session.userId!);
    res.json({
      sessions: listed.map(({ handle, device, loginAt, sid }) => ({
        handle,
        device,
        loginAt: new Date(loginAt).toISOString(),
        current: sid === req.sessionID,
      })),
    });
  };

/** POST /session/extend: I am still here. It asks for nothing more than any request does: `rolling` renews cookie and record. */
export const extendSession = (): RequestHandler =>
  function extendSession(_req, res) {
    res.status(204).end();
  };

/** POST /sessions/:handle/end { password } */
export const endSession = (shop: Shop): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(shop, req, res))) return;
    // Looked for among one's own sessions only, so somebody else's handle is simply not found.
    const ended = await shop.sessions.endWhere(req.session.userId!, ({ handle }) => handle === req.params.handle);
    if (ended === 0) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    shop.audit({ name: 'session_revoked', userId: req.session.userId!, ip: req.ip });
    res.status(204).end();
  };

/** POST /sessions/end-others { password } */
export const endOtherSessions = (shop: Shop): RequestHandler =>
  async function endOtherSessions(req, res) {
    if (!(await confirmsPassword(shop, req, res))) return;
    const ended = await shop.sessions.endWhere(req.session.userId!, ({ sid }) => sid !== req.sessionID);
    shop.audit({ name: 'session_revoked', userId: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };

/** Whoever holds the phone holds its cookie, but not the password: without it a thief could lock the owner out. */
export async function confirmsPassword(shop: Shop, req: Request<object>, res: Response): Promise<boolean> {
  const { password } = confirmation.parse(req.body);
  return knowsPassword(shop, req, res, password);
}
