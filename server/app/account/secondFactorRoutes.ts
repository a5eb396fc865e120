/** Turning the second factor on and off. All of it stands behind requireRecentPassword. */
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { codeRule, createSecret, keyUri, stepOf } from '../auth/codes.ts';
import { CredentialsChanged } from '../auth/credentials.ts';
import { forgetDevices } from '../auth/rememberTokens.ts';
import { rememberDevice } from '../auth/throttle.ts';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';

/** POST /account/second-factor. Answers with a secret for the authenticator app. It counts when a code confirms it. */
export const offerSecondFactor = ({ users }: Context): RequestHandler =>
  function offerSecondFactor(req, res) {
    const user = users.byId(req.session.userId!)!;
    const secret = createSecret();
    users.update(user.id, { offeredSecret: secret });
    res.json({ secret, uri: keyUri(secret, user) });
  };

/** POST /account/second-factor/confirm { code }. Without a first code, an app that lacks the secret would lock its user out. */
export const confirmSecondFactor = (context: Context): RequestHandler =>
  async function confirmSecondFactor(req, res) {
    const { code } = z.object({ code: codeRule }).parse(req.body);
    const user = context.users.byId(req.session.userId!)!;
    const { offeredSecret } = user;
    const step = offeredSecret === undefined ? undefined : stepOf(offeredSecret, code, context.now());
    if (step === undefined) {
      res.status(400).json({ error: 'This code is wrong. Wait for the next one.' });
      return;
    }
    await change(context, req, res, user, { totpSecret: offeredSecret, lastCodeStep: step });
  };

/** POST /account/second-factor/remove */
export const removeSecondFactor = (context: Context): RequestHandler =>
  async function removeSecondFactor(req, res) {
    const user = context.users.byId(req.session.userId!)!;
    await change(context, req, res, user, { totpSecret: undefined });
  };

/**
 * Changes the second factor. With it the user has new credentials, as with a new password: a session that began without
 * the second factor must not outlive the moment at which it is required.
 *
 * @throws CredentialsChanged when they were changed in the meantime
 */
async function change(
  context: Context,
  req: Request,
  res: Response,
  user: User,
  factor: Pick<User, 'totpSecret' | 'lastCodeStep'>,
): Promise<void> {
  const credentialVersion = user.credentialVersion + 1;
  const changed = context.users.updateIfCurrent(user, { ...factor, offeredSecret: undefined, credentialVersion });
  if (!changed) throw new CredentialsChanged();
  await forgetDevices(context, user.id);
  await context.parts.startSession(context, req, changed);
  rememberDevice(context, res, changed);
  await context.sessionIndex.endWhere(user.id, ({ sid }) => sid !== req.sessionID);
  context.audit({ name: 'authn_second_factor_change', userId: user.id, ip: req.ip });
  const state = changed.totpSecret === undefined ? 'off' : 'on';
  context.mail({
    to: user.email,
    subject: `The second factor of your account is ${state}`,
    text: 'All other devices were logged out. If that was not you, tell us.',
  });
  res.json({ csrfToken: context.parts.csrfTokenFor(context, req) });
}
