import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import { credentials, login as usualLogin } from '../app/routes/auth.ts';
import { confirmsPassword } from '../app/routes/sessions.ts';

const revokedKey = (userId: number) => `user:${userId}:revoked`;

/** Ending a session takes the device off the list and remembers that it must not log in again. Its record stays. */
export const endSession = (shop: Shop): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(shop, req, res))) return;
    const userId = req.session.userId!;
    const session = await shop.sessions.find(userId, req.params.handle);
    if (!session) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    await shop.redis.sadd(revokedKey(userId), session.device);
    await shop.redis.pexpire(revokedKey(userId), shop.absolute);
    await shop.sessions.unlist(userId, req.params.handle);
    res.status(204).end();
  };

/** The only place that asks whether the device was revoked; a device that is already in never comes here. */
export const login = (shop: Shop): RequestHandler => {
  const proceed = usualLogin(shop);
  return async function login(req, res, next) {
    const user = shop.users.byEmail(credentials.parse(req.body).email);
    const device = req.get('user-agent') ?? 'unknown';
    if (user && (await shop.redis.sismember(revokedKey(user.id), device))) {
      res.status(403).json({ error: 'This device was logged out by its owner.' });
      return;
    }
    return proceed(req, res, next);
  };
};
