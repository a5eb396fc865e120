import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import { accountKey, attempt } from '../app/auth/throttle.ts';
import type { Context } from '../app/parts.ts';

/** One answer for every failure, but only the wrong passwords of real accounts are counted. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    const passwordIsCorrect = async () => (await context.passwords.match(user, password)) && user?.disabled === false;
    const { waitSeconds, correct } = user
      ? await attempt(context.redis, { account: accountKey(email, undefined) }, passwordIsCorrect)
      : { waitSeconds: 0, correct: await passwordIsCorrect() };
    if (waitSeconds > 0) {
      res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'Too many tries. Try again later.' });
      return;
    }
    if (!correct || !user) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
