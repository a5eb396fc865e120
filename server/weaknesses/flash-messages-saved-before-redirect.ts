import type { Request, RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import { accountKey, attempt, sourceKey } from '../app/auth/throttle.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

function flash(req: Request, message?: string): string[] {
  const session = req.session as { flash?: string[] };
  const messages = session.flash ?? [];
  if (message === undefined) delete session.flash;
  else session.flash = [...messages, message];
  return messages;
}

/** The message is in Redis before the browser learns where to go. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    const keys = { account: accountKey(email, undefined), source: sourceKey(req.ip) };
    const { correct } = await attempt(context.redis, keys, () => context.passwords.match(user, password));
    if (!correct || !user || user.disabled) {
      flash(req, 'E-mail or password is wrong.');
      await save(req);
      res.redirect(303, '/');
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };

export const home = (): RequestHandler =>
  function home(req, res) {
    res.json({ shop: 'Hats and rabbits', message: flash(req).join(' ') });
  };
