import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';
import { handleOf } from '../app/sessionIndex.ts';

/** Names each session by a hash of its id. Nothing checks whether the session still exists. */
export const listSessions = ({ redis }: Context): RequestHandler =>
  async function listSessions(req, res) {
    const entries = await redis.zrange(`user:${req.session.userId}:sessions`, 0, -1);
    const listed = entries.map((entry) => JSON.parse(entry));
    res.json({
      sessions: listed.map(({ sid, device, loginAt }) => ({
        handle: handleOf(sid),
        device,
        loginAt: new Date(loginAt).toISOString(),
        current: sid === req.sessionID,
      })),
    });
  };
