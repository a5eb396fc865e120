import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Context } from '../parts.ts';
import { basketKey } from './basket.ts';

const ordersKey = (userId: number) => `user:${userId}:orders`;

/** POST /orders: buys the items in the basket. */
export const placeOrder = ({ redis, charge, absoluteMs }: Context): RequestHandler =>
  async function placeOrder(req, res) {
    const { basketId } = req.session;
    const things = basketId ? await redis.lrange(basketKey(basketId), 0, -1) : [];
    const id = randomUUID();
    await charge(id);
    const key = ordersKey(req.session.userId!);
    await redis.rpush(key, JSON.stringify({ id, things }));
    // Real orders belong in a database. These expire, so that the demo leaves nothing behind.
    await redis.pexpire(key, absoluteMs);
    if (basketId) await redis.del(basketKey(basketId));
    delete req.session.basketId;
    res.status(201).json({ id, things });
  };

/** GET /orders */
export const listOrders = ({ redis }: Context): RequestHandler =>
  async function listOrders(req, res) {
    const orders = await redis.lrange(ordersKey(req.session.userId!), 0, -1);
    res.json({ orders: orders.map((order) => JSON.parse(order)) });
  };
