import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';

/** Milliseconds. */
const longestPause = 30;

/** Hides the time of the hash behind a random pause. Of several tries, the fastest one has hardly any pause. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    await setTimeout(randomInt(longestPause));
    const user = context.users.byEmail(email);
    if (!user || user.disabled || !(await context.bcrypt.compare(password, user.passwordHash))) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
