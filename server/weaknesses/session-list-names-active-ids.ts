import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Lists only sessions that still exist, each with its id, so that the page can say which one to end. */
export const listSessions = ({ sessionIndex }: Context): RequestHandler =>
  async function listSessions(req, res) {
    const listed = await sessionIndex.list(req.session.userId!);
    res.json({
      sessions: listed.map(({ sid, device, loginAt }) => ({
        sid,
        device,
        loginAt: new Date(loginAt).toISOString(),
        current: sid === req.sessionID,
      })),
    });
  };
