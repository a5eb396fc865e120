import type { RequestHandler } from 'express';
import { z } from 'zod';
import { reauthenticate } from '../app/auth/reauthenticate.ts';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

/** Asks for the current password and tells the owner by mail. All sessions go on. */
export const changePassword = (context: Context): RequestHandler =>
  async function changePassword(req, res) {
    const change = z.object({ currentPassword: z.string(), newPassword: passwordRule });
    const { currentPassword, newPassword } = change.parse(req.body);
    const user = context.users.byId(req.session.userId!)!;
    if (!(await reauthenticate(context, req, res, currentPassword))) return;
    context.users.update(user.id, { passwordHash: await context.passwords.hash(newPassword) });
    context.audit({ name: 'authn_password_change', userId: user.id, ip: req.ip });
    context.mail({ to: user.email, subject: 'Your password was changed', text: 'If that was not you, tell us.' });
    res.json({ ended: 0, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
