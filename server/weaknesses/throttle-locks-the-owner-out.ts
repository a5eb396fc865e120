import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import { accountKey, attempt, sourceKey } from '../app/auth/throttle.ts';
import type { Context } from '../app/parts.ts';

/** Counts wrong passwords per account, from known devices too: a stranger uses up the tries of the owner. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    const { waitSeconds, correct } = await attempt(
      context.redis,
      { account: accountKey(email, undefined), source: sourceKey(req.ip) },
      async () => (await context.passwords.match(user, password)) && user?.disabled === false,
    );
    if (waitSeconds > 0) {
      res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'The account is locked for now.' });
      return;
    }
    if (!correct || !user) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
