import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import { basketKey } from './basket.ts';

const ordersKey = (userId: number) => `user:${userId}:orders`;

/** POST /orders: buys what is in the basket. */
export const placeOrder = ({ redis, charge, absolute }: Shop): RequestHandler =>
  async function placeOrder(req, res) {
    const { basketId } = req.session;
    const things = basketId ? await redis.lrange(basketKey(basketId), 0, -1) : [];
    const id = randomUUID();
    await charge(id);
    const key = ordersKey(req.session.userId!);
    await redis.rpush(key, JSON.stringify({ id, things }));
    await redis.pexpire(key, absolute);
    if (basketId) await redis.del(basketKey(basketId));
    delete req.session.basketId;
    res.status(201).json({ id, things });
  };

/** GET /orders */
export const listOrders = ({ redis }: Shop): RequestHandler =>
  async function listOrders(req, res) {
    const orders = await redis.lrange(ordersKey(req.session.userId!), 0, -1);
    res.json({ orders: orders.map((order) => JSON.parse(order)) });
  };
