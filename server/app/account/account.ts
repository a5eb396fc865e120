import type { RequestHandler } from 'express';
import { z } from 'zod';
import { emailRule } from '../auth/confirmations.ts';
import { askToConfirm } from '../auth/confirmEmail.ts';
import { CredentialsChanged, setPassword } from '../auth/credentials.ts';
import { reauthenticate } from '../auth/reauthenticate.ts';
import { forgetDevices } from '../auth/rememberTokens.ts';
import { rememberDevice } from '../auth/throttle.ts';
import type { Context } from '../parts.ts';
import { passwordRule } from '../passwords.ts';

/** GET /me */
export const me = (context: Context): RequestHandler =>
  function me(req, res) {
    const { id, email, role } = context.users.byId(req.session.userId!)!;
    res.json({ id, email, role, csrfToken: context.parts.csrfTokenFor(context, req) });
  };

/** POST /account/email { email }. Behind requireRecentPassword, because the e-mail is enough to reset the password. */
export const changeEmail = (context: Context): RequestHandler =>
  async function changeEmail(req, res) {
    const { email } = z.object({ email: emailRule }).parse(req.body);
    const { id, credentialVersion } = context.users.byId(req.session.userId!)!;
    // It changes when the link in the mail is used, and only while the credentials are the same: a thief who asked for
    // it loses the link when the user changes the password.
    await askToConfirm(context, { email, userId: id, credentialVersion });
    res.status(202).json({ message: 'We have sent a mail to the new address.' });
  };

/** POST /account/password { currentPassword, newPassword } */
export const changePassword = (context: Context): RequestHandler =>
  async function changePassword(req, res) {
    const change = z.object({ currentPassword: z.string(), newPassword: passwordRule });
    const { currentPassword, newPassword } = change.parse(req.body);
    // A thief with the cookie must not be able to take over the account for good.
    const checked = await reauthenticate(context, req, res, currentPassword);
    if (!checked) return;
    const user = await setPassword(context, checked, newPassword);
    if (!user) throw new CredentialsChanged();
    await forgetDevices(context, user.id);
    // Users change a password because somebody else may know it. That person may be logged in.
    await context.parts.startSession(context, req, user);
    rememberDevice(context, res, user);
    const ended = await context.sessionIndex.endWhere(user.id, ({ sid }) => sid !== req.sessionID);
    context.audit({ name: 'authn_password_change', userId: user.id, ip: req.ip });
    context.mail({ to: user.email, subject: 'Your password was changed', text: 'All other devices were logged out.' });
    res.json({ ended, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
