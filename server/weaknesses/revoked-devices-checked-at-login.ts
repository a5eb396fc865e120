import type { RequestHandler } from 'express';
import { confirmsPassword } from '../app/account/sessionRoutes.ts';
import { credentials, login as usualLogin } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';
import { handleOf } from '../app/sessionIndex.ts';

const revokedKey = (userId: number) => `user:${userId}:revoked`;

/** Ending a session removes the device from the list, and remembers that it must not log in again. The record stays. */
export const endSession = (context: Context): RequestHandler<{ handle: string }> =>
  async function endSession(req, res) {
    if (!(await confirmsPassword(context, req, res))) return;
    const userId = req.session.userId!;
    const entry = await findListed(context, userId, req.params.handle);
    if (entry === undefined) {
      res.status(404).json({ error: 'You have no such session.' });
      return;
    }
    await context.redis.sadd(revokedKey(userId), JSON.parse(entry).device);
    await context.redis.pexpire(revokedKey(userId), context.absoluteMs);
    await unlist(context, userId, req.params.handle);
    res.status(204).end();
  };

/** The only place that checks whether a device was revoked. A device that is logged in already never gets here. */
export const login = (context: Context): RequestHandler => {
  const proceed = usualLogin(context);
  return async function login(req, res, next) {
    const user = context.users.byEmail(credentials.parse(req.body).email);
    const device = req.get('user-agent') ?? 'unknown';
    if (user && (await context.redis.sismember(revokedKey(user.id), device))) {
      res.status(403).json({ error: 'This device was logged out by its owner.' });
      return;
    }
    return proceed(req, res, next);
  };
};

const listKey = (userId: number) => `user:${userId}:sessions`;

/** Returns the session's entry on the list as it is stored. */
async function findListed({ redis }: Context, userId: number, handle: string): Promise<string | undefined> {
  const entries = await redis.zrange(listKey(userId), 0, -1);
  return entries.find((entry) => handleOf(JSON.parse(entry).sid) === handle);
}

/** Removes the session from the list, and nothing else. */
async function unlist(context: Context, userId: number, handle: string): Promise<void> {
  const entry = await findListed(context, userId, handle);
  if (entry !== undefined) await context.redis.zrem(listKey(userId), entry);
}
