import { randomBytes } from 'node:crypto';
import express, { type Request, type RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';

/**
 * The "double submit" of many tutorials: the token lies in a cookie, and a request is believed when it repeats what the cookie
 * says. The server remembers nothing, so whoever can write a cookie writes both halves.
 */
export const requireCsrfToken = (shop: Shop): RequestHandler =>
  function requireCsrfToken(req, res, next) {
    const token = tokenIn(req);
    if (req.method === 'GET') {
      // For scripts to read, and without a session to belong to.
      if (!token) res.cookie('csrf', randomBytes(18).toString('base64url'), { secure: true, sameSite: 'lax' });
      return next();
    }
    if (req.session.userId === undefined) return next();
    if (token && token === (req.get('x-csrf-token') ?? req.body?._csrf)) return next();
    shop.audit({ name: 'csrf_refused', userId: req.session.userId, ip: req.ip });
    res.status(403).json({ error: 'The form is out of date. Load the page again.' });
  };

export const csrfTokenFor = (_: Shop, req: Request) => tokenIn(req);

/** With a token, one thinks, it does not matter any more where a request comes from. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** `req.body` was empty once, because a client had forgotten the content type. */
export const readBody = (): RequestHandler => express.json({ type: '*/*' });

const tokenIn = (req: Request) => /(?:^|; )csrf=([^;]*)/.exec(req.get('cookie') ?? '')?.[1];
