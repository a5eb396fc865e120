import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

/** Files that are the same for everybody. */
export const assets = (): RequestHandler =>
  express.static(fileURLToPath(new URL('../public', import.meta.url)), { maxAge: '1d', index: false });
