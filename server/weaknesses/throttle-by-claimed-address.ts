import type { RequestHandler } from 'express';
import { credentials } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';

const limit = 5;

/**
 * Counts wrong passwords per address in the memory of this process. The address is the first one in X-Forwarded-For,
 * which the visitor can choose.
 */
export const login = (context: Context): RequestHandler => {
  const failures = new Map<string, number>();

  return async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const address = req.get('x-forwarded-for')?.split(',')[0]?.trim() ?? req.ip ?? 'unknown';
    const failed = failures.get(address) ?? 0;
    if (failed >= limit) return void res.status(429).json({ error: 'Too many tries. Try again later.' });

    const user = context.users.byEmail(email);
    if (!(await context.passwords.match(user, password)) || !user || user.disabled) {
      failures.set(address, failed + 1);
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    failures.delete(address);
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
};
