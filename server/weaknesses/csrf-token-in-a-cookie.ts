import { randomBytes } from 'node:crypto';
import express, { type Request, type RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/**
 * The "double submit" pattern of many tutorials: the token is in a cookie, and a request is accepted when it repeats
 * the token. The server remembers nothing, so an attacker who can set a cookie can choose both halves.
 */
export const requireCsrfToken = (context: Context): RequestHandler =>
  function requireCsrfToken(req, res, next) {
    const token = tokenIn(req);
    if (req.method === 'GET') {
      // Scripts can read it, and it belongs to no session.
      if (!token) res.cookie('csrf', randomBytes(18).toString('base64url'), { secure: true, sameSite: 'lax' });
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

/** A client once forgot the content type, so now every body counts as JSON. */
export const readBody = (): RequestHandler => express.json({ type: '*/*' });

const tokenIn = (req: Request) => /(?:^|; )csrf=([^;]*)/.exec(req.get('cookie') ?? '')?.[1];
