import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Context } from '../parts.ts';
import { repliesOf } from '../transaction.ts';
import { basketKey, putBack, takeBasket } from './basket.ts';

const ordersKey = (userId: number) => `user:${userId}:orders`;

/** POST /orders: buys the items in the basket. */
export const placeOrder = (context: Context): RequestHandler =>
  async function placeOrder(req, res) {
    const { redis, charge, log, events, absoluteMs } = context;
    const { basketId } = req.session;
    // Take the items before the payment: of two clicks, one gets them. What is added meanwhile goes into a new list
    // under the old id, so the session keeps that id.
    const taken = basketId && (await takeBasket(context, basketId));
    if (basketId && !taken) {
      res.status(409).json({ error: 'Your basket is empty.' });
      return;
    }
    const id = randomUUID();
    try {
      await charge(id);
    } catch (error) {
      log(error);
      if (basketId && taken) await putBack(context, taken, basketId);
      res.status(502).json({ error: 'The payment failed. Your basket is unchanged.' });
      return;
    }
    const things = taken ? await redis.lrange(basketKey(taken), 0, -1) : [];
    const userId = req.session.userId!;
    const key = ordersKey(userId);
    // Real orders belong in a database. These expire, so that the demo leaves nothing behind.
    repliesOf(await redis.multi().rpush(key, JSON.stringify({ id, things })).pexpire(key, absoluteMs).exec());
    if (taken) await redis.del(basketKey(taken));
    void events.publish({ userId, name: 'order_placed', data: { id, things } });
    res.status(201).json({ id, things });
  };

/** GET /orders */
export const listOrders = ({ redis }: Context): RequestHandler =>
  async function listOrders(req, res) {
    const orders = await redis.lrange(ordersKey(req.session.userId!), 0, -1);
    res.json({ orders: orders.map((order) => JSON.parse(order)) });
  };
