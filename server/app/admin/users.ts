import type { RequestHandler } from 'express';
import { z } from 'zod';
import { forgetDevices } from '../auth/rememberTokens.ts';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';

type UserHandler = RequestHandler<{ id: string }>;

/** GET /admin/users */
export const listUsers = ({ users }: Context): RequestHandler =>
  function listUsers(_req, res) {
    res.json({ users: users.all().map(({ id, email, role, disabled }) => ({ id, email, role, disabled })) });
  };

/** POST /admin/users/:id/disable */
export const disableUser = (context: Context): UserHandler =>
  async function disableUser(req, res) {
    const user = userWithId(context, req.params.id);
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    context.users.update(user.id, { disabled: true, credentialVersion: user.credentialVersion + 1 });
    await forgetDevices(context, user.id);
    // A disabled account cannot log in, but the user may be logged in already.
    const ended = await context.sessionIndex.endWhere(user.id, () => true);
    context.audit({ name: 'user_disabled', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };

/** POST /admin/users/:id/enable. The user's old sessions stay ended. */
export const enableUser = (context: Context): UserHandler =>
  function enableUser(req, res) {
    const user = userWithId(context, req.params.id);
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    context.users.update(user.id, { disabled: false });
    context.audit({ name: 'user_enabled', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.status(204).end();
  };

/** POST /admin/users/:id/role { role } */
export const changeRole = (context: Context): UserHandler =>
  async function changeRole(req, res) {
    const { role } = z.object({ role: z.enum(['customer', 'admin']) }).parse(req.body);
    const user = userWithId(context, req.params.id);
    if (!user) return void res.status(404).json({ error: 'There is no such user.' });
    context.users.update(user.id, { role });
    // A session or a token that was stolen from a customer must not become an admin's.
    await forgetDevices(context, user.id);
    const ended = await context.sessionIndex.endWhere(user.id, ({ sid }) => sid !== req.sessionID);
    context.audit({ name: 'user_role_changed', userId: user.id, by: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };

/** POST /admin/sessions/end-all: ends every session, including the admin's own. */
export const endAllSessions = (context: Context): RequestHandler =>
  async function endAllSessions(req, res) {
    let ended = 0;
    for (const { id } of context.users.all()) await forgetDevices(context, id);
    for (const { id } of context.users.all()) ended += await context.sessionIndex.endWhere(id, () => true);
    context.audit({ name: 'session_revoked', by: req.session.userId!, ip: req.ip });
    res.json({ ended });
  };

const userWithId = ({ users }: Context, id: string): User | undefined => users.byId(Number(id));
