import type { RequestHandler } from 'express';
import type { SessionOptions } from 'express-session';
import { z } from 'zod';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

declare module 'express-session' {
  interface SessionData {
    basket?: string[];
  }
}

/** express-session's default: every request writes the whole session back, even when it only read it. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), resave: true };
}

export const showBasket = (): RequestHandler =>
  function showBasket(req, res) {
    res.json({ basket: req.session.basket ?? [] });
  };

/** The items themselves are in the session, which is read and written as a whole. */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    const { item } = z.object({ item: z.string().min(1).max(80) }).parse(req.body);
    req.session.basket = [...(req.session.basket ?? []), item];
    res.json({ basket: req.session.basket });
  };
