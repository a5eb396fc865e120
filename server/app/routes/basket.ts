import type { RequestHandler } from 'express';
import { z } from 'zod';

const item = z.object({ item: z.string().min(1).max(80) });

/** A basket is why somebody who is not logged in has a session at all. */
const largestBasket = 50;

/** GET /basket */
export const showBasket = (): RequestHandler =>
  function showBasket(req, res) {
    res.json({ basket: req.session.basket ?? [] });
  };

/** POST /basket { item } */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    const { basket = [] } = req.session;
    if (basket.length >= largestBasket) {
      res.status(409).json({ error: `A basket holds ${largestBasket} things.` });
      return;
    }
    req.session.basket = [...basket, item.parse(req.body).item];
    res.json({ basket: req.session.basket });
  };
