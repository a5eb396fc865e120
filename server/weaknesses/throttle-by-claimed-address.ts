import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import { credentials } from '../app/routes/auth.ts';

const limit = 5;

/**
 * Counts wrong passwords per address, in the memory of this process, and takes for the address what stands first in
 * X-Forwarded-For: that is what the visitor wrote there.
 */
export const login = (shop: Shop): RequestHandler => {
  const failures = new Map<string, number>();

  return async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const address = req.get('x-forwarded-for')?.split(',')[0]?.trim() ?? req.ip ?? 'unknown';
    const failed = failures.get(address) ?? 0;
    if (failed >= limit) return void res.status(429).json({ error: 'Too many tries. Try again later.' });

    const user = shop.users.byEmail(email);
    if (!(await shop.passwords.match(user, password)) || !user || user.disabled) {
      failures.set(address, failed + 1);
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    failures.delete(address);
    await shop.parts.startSession(shop, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
};
