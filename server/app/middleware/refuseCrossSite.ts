import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';

const safe = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site makes a browser send. Every current browser says where a request comes from (Sec-Fetch-Site), and
 * no page can change what it says; older ones send Origin with whatever changes something. It also guards the login form,
 * where there is no session yet to bind a token to. Programs that are no browser send neither, and have no cookies to abuse.
 */
export const refuseCrossSite = ({ audit }: Shop): RequestHandler =>
  function refuseCrossSite(req, res, next) {
    if (safe.includes(req.method)) return next();
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const own =
      site === undefined
        ? origin === undefined || origin === `${req.protocol}://${req.host}`
        : site === 'same-origin' || site === 'none';
    if (own) return next();
    audit({ name: 'csrf_refused', ip: req.ip });
    res.status(403).json({ error: 'This request came from another site.' });
  };
