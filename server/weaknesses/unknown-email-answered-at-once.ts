import bcrypt from 'bcrypt';
import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import { credentials } from '../app/routes/auth.ts';

/** Says the same in both cases, but has nothing to compare for an unknown e-mail and so is done at once. */
export const login = (shop: Shop): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = shop.users.byEmail(email);
    if (!user || user.disabled || !(await bcrypt.compare(password, user.passwordHash))) {
      res.status(401).json({ error: 'E-mail or password is wrong.' });
      return;
    }
    await shop.parts.startSession(shop, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
