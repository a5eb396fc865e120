import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import { destroyById } from '../sessionCalls.ts';

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

/** POST /sessions/:handle/end { password } */
export const endSession = (shop: Shop): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(shop, req, res))) return;
    const userId = req.session.userId!;
    // Looked up among one's own sessions only, so somebody else's handle is simply not found.
    const session = await shop.sessions.find(userId, req.params.handle);
    if (!session) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    await destroyById(shop.store, session.sid);
    await shop.sessions.remove(userId, session.sid);
    res.status(204).end();
  };

/** POST /sessions/end-others { password } */
export const endOtherSessions = (shop: Shop): RequestHandler =>
  async function endOtherSessions(req, res) {
    if (!(await confirmsPassword(shop, req, res))) return;
    const userId = req.session.userId!;
    const others = (await shop.sessions.list(userId)).filter(({ sid }) => sid !== req.sessionID);
    for (const { sid } of others) {
      await destroyById(shop.store, sid);
      await shop.sessions.remove(userId, sid);
    }
    res.json({ ended: others.length });
  };

/** Whoever holds the phone holds its cookie, but not the password: without it a thief could lock the owner out. */
export async function confirmsPassword({ users }: Shop, req: Request<object>, res: Response): Promise<boolean> {
  const { password } = confirmation.parse(req.body);
  const user = users.byId(req.session.userId!);
  const confirmed = user !== undefined && (await users.verify(user.email, password)) !== undefined;
  if (!confirmed) res.status(403).json({ error: 'Your password is needed for this.' });
  return confirmed;
}
