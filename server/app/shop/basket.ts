import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { refuseTooMany, secondsOverLimit } from '../middleware/requestLimit.ts';
import type { Context } from '../parts.ts';
import { repliesOf } from '../transaction.ts';

const largestBasket = 50;

/**
 * Returns the key of a basket's list of items. The session holds only the basket's id: a session is read and written as
 * a whole, so of two parallel requests that each add an item to it, one would be lost.
 */
export const basketKey = (basketId: string) => `basket:${basketId}`;

/** GET /basket */
export const showBasket = ({ redis }: Context): RequestHandler =>
  async function showBasket(req, res) {
    const { basketId } = req.session;
    res.json({ basket: basketId ? await redis.lrange(basketKey(basketId), 0, -1) : [] });
  };

/** POST /basket { item }. The basket is the reason why a visitor who is not logged in can have a session. */
export const addToBasket = ({ redis, absoluteMs }: Context): RequestHandler =>
  async function addToBasket(req, res) {
    const { item } = z.object({ item: z.string().min(1).max(80) }).parse(req.body);
    if (req.session.basketId === undefined) {
      // Each new basket of a visitor is a record and a list in Redis.
      const wait = await secondsOverLimit(redis, 'basket', req.ip);
      if (wait > 0) return refuseTooMany(res, wait);
      req.session.basketId = randomUUID();
    }
    const key = basketKey(req.session.basketId);
    // In one transaction: a list without an end would stay if the connection broke in between.
    const [items] = repliesOf(await redis.multi().rpush(key, item).pexpire(key, absoluteMs).exec());
    if (Number(items) > largestBasket) {
      await redis.rpop(key);
      res.status(409).json({ error: `A basket holds ${largestBasket} things.` });
      return;
    }
    res.json({ basket: await redis.lrange(key, 0, -1) });
  };

/** Moves the items of a basket to a new id and returns it. Returns undefined when there are no items any more. */
export async function takeBasket({ redis }: Context, basketId: string): Promise<string | undefined> {
  const taken = randomUUID();
  const moved = await redis.eval(renameIfExists, 2, basketKey(basketId), basketKey(taken));
  return moved === 1 ? taken : undefined;
}

/** RENAME fails without a key. A separate EXISTS before it would not help, because the key can vanish in between. */
const renameIfExists = `
  if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
  redis.call('RENAME', KEYS[1], KEYS[2])
  return 1`;

/** Moves the items that were taken back to the front of their basket. */
export async function putBack({ redis, absoluteMs }: Context, taken: string, basketId: string): Promise<void> {
  await redis.eval(moveToFront, 2, basketKey(taken), basketKey(basketId), absoluteMs);
}

const moveToFront = `
  for _ = 1, redis.call('LLEN', KEYS[1]) do redis.call('RPOPLPUSH', KEYS[1], KEYS[2]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[1])
  return 1`;
