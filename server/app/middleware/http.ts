import express, { type RequestHandler } from 'express';

/**
 * Parses the body of a request that declares it to be JSON. A form of another site cannot declare that, and a script of
 * another site needs our permission to (Fetch standard, CORS-safelisted Content-Type).
 */
export const readBody = (): RequestHandler => express.json({ limit: '16kb' });

/**
 * Keeps pages of one user out of every cache: a proxy would give them to the next visitor, and the browser would show
 * them after the logout when somebody presses Back.
 */
export const noStore = (): RequestHandler =>
  function noStore(_req, res, next) {
    res.set('cache-control', 'no-store');
    next();
  };
