import type { RequestHandler } from 'express';
import { confirmsPassword } from '../app/account/sessionRoutes.ts';
import type { Context } from '../app/parts.ts';
import { handleOf } from '../app/sessionIndex.ts';

/** Removes the session from the user's list. Its record does not depend on the list. */
export const endSession = (context: Context): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(context, req, res))) return;
    const list = `user:${req.session.userId}:sessions`;
    const entries = await context.redis.zrange(list, 0, -1);
    const entry = entries.find((entry) => handleOf(JSON.parse(entry).sid) === req.params.handle);
    if (entry === undefined) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    await context.redis.zrem(list, entry);
    context.audit({ name: 'session_revoked', userId: req.session.userId!, ip: req.ip });
    res.status(204).end();
  };
