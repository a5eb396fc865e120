import type { RequestHandler } from 'express';

/** GET / for everybody. It writes nothing into the session, so a visitor who only looks gets no cookie and no record. */
export const home = (): RequestHandler =>
  function home(_req, res) {
    res.json({ shop: 'Hats and rabbits' });
  };
