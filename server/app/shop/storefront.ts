/** What is the same for every visitor. */
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import type { Context } from '../parts.ts';

/** GET /assets/…: the files in public/. */
export const assets = (): RequestHandler =>
  express.static(fileURLToPath(new URL('../public', import.meta.url)), { maxAge: '1d', index: false });

/** GET /. It writes nothing into the session, so a visitor who only reads gets no cookie and no record. */
export const home = (): RequestHandler =>
  function home(_req, res) {
    res.json({ shop: 'Hats and rabbits' });
  };

/** GET /stock: how many of each item are left. */
export const showStock = ({ redis }: Context): RequestHandler =>
  async function showStock(_req, res) {
    res.json({ stock: await redis.hgetall('stock') });
  };
