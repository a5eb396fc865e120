import { randomBytes } from 'node:crypto';
import express, { type Request, type RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** The token's cookie gets every strict attribute and more random bytes. A sibling subdomain can still set another one. */
export const requireCsrfToken = (context: Context): RequestHandler =>
  function requireCsrfToken(req, res, next) {
    const token = tokenIn(req);
    if (req.method === 'GET') {
      if (!token) {
        const random = randomBytes(32).toString('base64url');
        res.cookie('csrf', random, { secure: true, sameSite: 'strict', httpOnly: true });
      }
      return next();
    }
    if (req.session.userId === undefined) return next();
    if (token && token === (req.get('x-csrf-token') ?? req.body?._csrf)) return next();
    context.audit({ name: 'csrf_refused', userId: req.session.userId, ip: req.ip });
    res.status(403).json({ error: 'The form is out of date. Load the page again.' });
  };

export const csrfTokenFor = (_: Context, req: Request) => tokenIn(req);

/** The developer thinks that with a token it no longer matters where a request comes from. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** Every body counts as JSON. */
export const readBody = (): RequestHandler => express.json({ type: '*/*' });

const tokenIn = (req: Request) => /(?:^|; )csrf=([^;]*)/.exec(req.get('cookie') ?? '')?.[1];
