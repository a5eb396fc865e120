import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Sends the list as it is stored, with the session ids, and with sessions that ended long ago. */
export const listSessions = ({ redis }: Context): RequestHandler =>
  async function listSessions(req, res) {
    const entries = await redis.zrange(`user:${req.session.userId}:sessions`, 0, -1);
    res.json({ sessions: entries.map((entry) => JSON.parse(entry)) });
  };
