import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import type { Shop } from '../app.ts';

/** Files that are the same for everybody, so nothing of the shop's is needed to serve them. */
export const assets = (_: Shop): RequestHandler =>
  express.static(fileURLToPath(new URL('../public', import.meta.url)), { maxAge: '1d', index: false });
