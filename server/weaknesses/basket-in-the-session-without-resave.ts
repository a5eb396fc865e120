import type { RequestHandler } from 'express';
import { z } from 'zod';

declare module 'express-session' {
  interface SessionData {
    basket?: string[];
  }
}

export const showBasket = (): RequestHandler =>
  function showBasket(req, res) {
    res.json({ basket: req.session.basket ?? [] });
  };

/** A request that only reads writes nothing now (`resave: false`). Two that write still overwrite each other. */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    const { item } = z.object({ item: z.string().min(1).max(80) }).parse(req.body);
    req.session.basket = [...(req.session.basket ?? []), item];
    res.json({ basket: req.session.basket });
  };
