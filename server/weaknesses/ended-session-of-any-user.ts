import type { RequestHandler } from 'express';
import { confirmsPassword } from '../app/account/sessionRoutes.ts';
import type { Context } from '../app/parts.ts';

/** Ends the session with this handle, of any user: the handle is taken for proof. */
export const endSession = (context: Context): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(context, req, res))) return;
    let ended = 0;
    for (const user of context.users.all()) {
      ended += await context.sessionIndex.endWhere(user.id, ({ handle }) => handle === req.params.handle);
    }
    if (ended === 0) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    context.audit({ name: 'session_revoked', userId: req.session.userId!, ip: req.ip });
    res.status(204).end();
  };
