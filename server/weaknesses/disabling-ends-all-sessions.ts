import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Ends every session of every user, so that no session of the disabled one is forgotten. */
export const disableUser = ({ users, sessionIndex, audit }: Context): RequestHandler<{ id: string }> =>
  async function disableUser(req, res) {
    const user = users.byId(Number(req.params.id));
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    users.update(user.id, { disabled: true });
    let ended = 0;
    for (const { id } of users.all()) ended += await sessionIndex.endWhere(id, () => true);
    audit({ name: 'user_disabled', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };
