import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { cookieNamed } from '../app/cookies.ts';

/** The basket is in a cookie, and costs the shop no memory. Browsers drop a cookie of more than 4096 bytes. */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    const { item } = z.object({ item: z.string().min(1).max(80) }).parse(req.body);
    const basket = [...basketOf(req), item];
    res.cookie('basket', JSON.stringify(basket), { secure: true, sameSite: 'lax' });
    res.json({ basket });
  };

export const showBasket = (): RequestHandler =>
  function showBasket(req, res) {
    res.json({ basket: basketOf(req) });
  };

/** The visitor may have changed the cookie, so anything that is no list of items counts as an empty basket. */
function basketOf(req: Request): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(cookieNamed(req, 'basket') ?? '[]'));
  } catch {
    return [];
  }
}
