import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';

const item = z.object({ item: z.string().min(1).max(80) });

const largestBasket = 50;

/**
 * The things are in a list of their own, the session holds only its name. A session is one value that is read and written as
 * a whole: of two requests that each add a thing to it, one would be lost.
 */
export const basketKey = (basketId: string) => `basket:${basketId}`;

/** RENAME alone is an error where there is nothing to rename, and looked at first, the basket may be gone a moment later. */
const renameIfThere = `
  if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
  redis.call('RENAME', KEYS[1], KEYS[2])
  return 1`;

/** The same basket under a new name, or undefined when there is nothing in the old one: of two who take it one gets it. */
export async function takeBasket({ redis }: Shop, basketId: string): Promise<string | undefined> {
  const taken = randomUUID();
  const done = await redis.eval(renameIfThere, 2, basketKey(basketId), basketKey(taken));
  return done === 1 ? taken : undefined;
}

/** GET /basket */
export const showBasket = ({ redis }: Shop): RequestHandler =>
  async function showBasket(req, res) {
    const { basketId } = req.session;
    res.json({ basket: basketId ? await redis.lrange(basketKey(basketId), 0, -1) : [] });
  };

/** POST /basket { item }. A basket is why somebody who is not logged in has a session at all. */
export const addToBasket = ({ redis, absolute }: Shop): RequestHandler =>
  async function addToBasket(req, res) {
    const wanted = item.parse(req.body).item;
    req.session.basketId ??= randomUUID();
    const key = basketKey(req.session.basketId);
    const count = await redis.rpush(key, wanted);
    await redis.pexpire(key, absolute);
    if (count > largestBasket) {
      await redis.rpop(key);
      res.status(409).json({ error: `A basket holds ${largestBasket} things.` });
      return;
    }
    res.json({ basket: await redis.lrange(key, 0, -1) });
  };
