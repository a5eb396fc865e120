import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import type { User } from '../db.ts';

type ForUser = RequestHandler<{ id: string }>;

/** GET /admin/users */
export const listUsers = ({ users }: Shop): RequestHandler =>
  function listUsers(_req, res) {
    res.json({ users: users.all().map(({ id, email, role, disabled }) => ({ id, email, role, disabled })) });
  };

/** POST /admin/users/:id/disable */
export const disableUser = (shop: Shop): ForUser =>
  async function disableUser(req, res) {
    const user = userOf(shop, req.params.id);
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    shop.users.update(user.id, { disabled: true });
    // Who is logged in does not come by the login again.
    const ended = await shop.sessions.endWhere(user.id, () => true);
    shop.audit({ name: 'user_disabled', userId: user.id, ip: req.ip });
    res.json({ ended });
  };

/** POST /admin/users/:id/enable. Their old sessions stay ended. */
export const enableUser = (shop: Shop): ForUser =>
  function enableUser(req, res) {
    const user = userOf(shop, req.params.id);
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    shop.users.update(user.id, { disabled: false });
    res.status(204).end();
  };

/** POST /admin/users/:id/role { role } */
export const changeRole = (shop: Shop): ForUser =>
  async function changeRole(req, res) {
    const { role } = z.object({ role: z.enum(['customer', 'admin']) }).parse(req.body);
    const user = userOf(shop, req.params.id);
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    shop.users.update(user.id, { role });
    // A session that was stolen while it could do little must not become one that can do much.
    const ended = await shop.sessions.endWhere(user.id, ({ sid }) => sid !== req.sessionID);
    shop.audit({ name: 'user_role_changed', userId: user.id, ip: req.ip });
    res.json({ ended });
  };

/** POST /admin/sessions/end-all: everybody, the admin who presses it included. */
export const endAllSessions = (shop: Shop): RequestHandler =>
  async function endAllSessions(req, res) {
    let ended = 0;
    for (const { id } of shop.users.all()) ended += await shop.sessions.endWhere(id, () => true);
    shop.audit({ name: 'session_revoked', ip: req.ip });
    res.json({ ended });
  };

const userOf = ({ users }: Shop, id: string): User | undefined => users.byId(Number(id));
