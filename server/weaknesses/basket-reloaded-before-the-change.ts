import type { Request, RequestHandler } from 'express';
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

/** Reads the session again right before the change. Another request can do the same before this one has written. */
export const addToBasket = (): RequestHandler =>
  async function addToBasket(req, res) {
    const { item } = z.object({ item: z.string().min(1).max(80) }).parse(req.body);
    if (req.session.basket) await reload(req);
    req.session.basket = [...(req.session.basket ?? []), item];
    res.json({ basket: req.session.basket });
  };

/** Rejects when the session has no record yet. */
function reload(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.reload((error) => (error ? reject(error) : resolve())));
}
